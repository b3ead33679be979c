/**
 * What hooks and closures do while they run, the caller's grad mode, and handles as context managers.
 */
import type { BookkeepingOp } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { bitsOf } from '../random.ts';
import { add, caseOf, groupOf, hook, load, logging, look, optimizer, plain, read } from '../tiny.ts';
import { same, save, state, step, train } from '../tiny.ts';

const ZERO_GRAD = { op: 'zero_grad' } as const;

/** The group `nested`. */
export function nested(): Group {
  const grad = { op: 'grad', tensor: 'c', bits: bitsOf('float32', [1]) } as const;
  const context: BookkeepingOp = { op: 'remove_hook', hook: 'before', context: true };
  const groups = look('opt', 'param_groups');
  return groupOf(
    ['hooks', 'nested', 'operations within hooks and closures, grad mode off, handles as context managers'],
    [
      caseOf(
        'in-a-hook',
        ['HKS-20'],
        ['messages'],
        [
          ...[optimizer(), train(1)],
          hook('step_pre', [
            { log: 'hook' },
            { do: [save(), look('opt', 'param_groups', 0, 'lr'), ZERO_GRAD, { op: 'repr' }, same(['opt'], ['opt'])] },
          ]),
          ...[step(), state()],
        ],
      ),
      caseOf(
        'in-a-closure',
        ['HKS-20', 'GAD-7'],
        [],
        [...[optimizer(), train(1), step({ closure: { log: 'closure', do: [save(), ZERO_GRAD] } }), state()]],
      ),
      caseOf(
        'raising-in-a-hook',
        ['HKS-20', 'HKS-13'],
        ['messages', 'errors'],
        [
          ...[optimizer(), train(1), hook('step_post', [{ do: [look('opt', 'nothing')] }, { log: 'never' }]), step()],
          state(),
        ],
      ),
      caseOf(
        'step-in-a-closure',
        ['HKS-20', 'RMS-16'],
        [],
        [
          ...[optimizer(), train(1), logging('step_pre', 'before')],
          step({ closure: { log: 'outer', do: [step({ closure: { log: 'inner', returns: 3 } })], returns: 4 } }),
          state(),
        ],
      ),
      caseOf(
        'load-in-a-hook',
        ['HKS-20'],
        [],
        [
          ...[
            optimizer(),
            train(2),
            save(),
            hook('load_state_dict_post', [{ do: [look('opt', 'param_groups', 0, 'lr')] }]),
          ],
          ...[hook('step_pre', [{ do: [load()] }]), train(1), state()],
        ],
      ),
      caseOf(
        'group-added-in-a-hook',
        ['HKS-20', 'GRP-11'],
        ['errors', 'messages'],
        [
          ...[
            optimizer(),
            hook('step_pre', [{ do: [add({ params: ['$c'] })] }]),
            grad,
            step(),
            read('c'),
            step(),
            groups,
          ],
        ],
      ),
      caseOf(
        'group-added-in-a-closure',
        ['HKS-20', 'GRP-11'],
        [],
        [
          ...[
            optimizer(),
            grad,
            step({ closure: { log: 'closure', do: [add({ params: ['$c'] })] } }),
            read('c'),
            groups,
          ],
        ],
      ),
      caseOf(
        'grad-mode-off',
        ['HKS-6', 'GRD-1'],
        [],
        [
          ...[optimizer(), logging('step_pre', 'before'), logging('global_step_post', 'after')],
          ...[step({ no_grad: true }), step({ no_grad: true, closure: { log: 'closure' } }), step()],
        ],
      ),
      caseOf(
        'handle-as-context-manager',
        ['HKS-19'],
        [],
        [...[optimizer(), logging('step_pre', 'before'), step(), context, step(), context]],
      ),
    ],
    { tensors: { c: plain([1], [0.5]) } },
  );
}

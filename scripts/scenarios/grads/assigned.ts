/**
 * Gradients that are assigned, recorded by autograd, kept as objects; tensors that keep their gradients though they are no leaves.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import {
  bits,
  caseOf,
  clone,
  edit,
  grad,
  gradOf,
  groupOf,
  look,
  optimizer,
  plain,
  read,
  same,
  STATE,
  step,
} from '../small.ts';

/** The group `assigned`. */
export function assigned(): Group {
  const zeros: Op = { op: 'zero_grad', set_to_none: false };
  const recorded = (tensor: string, ...numbers: number[]): Op => ({
    ...{ op: 'grad', tensor, bits: bits(...numbers), recorded: true },
  });
  const keep: Op = { op: 'look', at: ['$w', 'grad'], as: 'kept' };
  const assign = (value: Parameters<typeof edit>[1]): Op => edit(['$w', 'grad'], value);
  const made = (key: string): Op => look('opt', 'state', '$clone', key, 'requires_grad');
  return groupOf(
    ['grads', 'assigned', 'gradients that are refused, recorded or kept; tensors that retain their gradients'],
    [
      caseOf(
        'refused',
        ['GAD-11'],
        ['errors', 'messages', 'bookkeeping'],
        [
          ...[optimizer(), assign('$three'), assign(5), assign('x'), assign([1]), assign('$w'), gradOf('w'), step()],
          ...[assign(null), gradOf('w')],
        ],
      ),
      caseOf(
        'kept-object',
        ['GAD-5'],
        ['zero_grad'],
        [
          ...[optimizer(), grad('w', [1, 2]), keep, zeros, same(['kept'], ['$w', 'grad']), gradOf('w')],
          ...[{ op: 'zero_grad' } as const, gradOf('w'), look('kept')],
        ],
      ),
      caseOf(
        'recorded',
        ['GAD-12'],
        ['zero_grad'],
        [
          ...[
            optimizer(),
            recorded('w', 1, 2),
            look('$w', 'grad', 'requires_grad'),
            look('$w', 'grad', 'is_leaf'),
            keep,
            zeros,
          ],
          ...[look('kept', 'requires_grad'), look('kept', 'is_leaf'), same(['kept'], ['$w', 'grad']), step(), STATE],
        ],
      ),
      caseOf(
        'recorded-step',
        ['GRD-4'],
        ['differentiable'],
        [
          ...[
            optimizer({ differentiable: true, momentum: 0.5, centered: true }, ['$clone']),
            recorded('clone', 1, 2, 3),
            step(),
          ],
          ...[
            made('square_avg'),
            made('momentum_buffer'),
            made('grad_avg'),
            look('opt', 'state', '$clone', 'step'),
            look('$clone', 'is_leaf'),
          ],
        ],
      ),
      caseOf(
        'plain-step',
        ['GRD-4'],
        ['differentiable'],
        [
          ...[optimizer({ differentiable: true, momentum: 0.5, centered: true, weight_decay: 0.1 }, ['$clone'])],
          ...[{ op: 'grad', tensor: 'clone', bits: bits(1, 2, 3) } as const, step()],
          ...[
            made('square_avg'),
            made('momentum_buffer'),
            made('grad_avg'),
            look('$clone', 'is_leaf'),
            gradOf('clone'),
          ],
        ],
      ),
      caseOf(
        'retained',
        ['GRP-2', 'GRD-3'],
        ['differentiable', 'errors', 'messages'],
        [
          ...[optimizer({}, ['$clone', '$kept']), optimizer({}, ['$kept']), step()],
          ...[{ op: 'grad', tensor: 'kept', bits: bits(1, 2, 3) } as const, step(), STATE, read('kept')],
        ],
      ),
    ],
    {
      ...{ three: plain([3], [1, 2, 3]), clone: clone([1, 2, 3]) },
      kept: { ...clone([1, 2, 3]), retains_grad: true },
    },
  );
}

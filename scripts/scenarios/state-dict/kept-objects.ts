/**
 * Which objects stay, which are copied and how: looked at before, compared after. And the default element type.
 */
import type { Op, Place } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { bitsOf } from '../random.ts';
import {
  byId,
  caseOf,
  copy,
  dict,
  edit,
  groupOf,
  load,
  loadValue,
  look,
  optimizer,
  plain,
  parameter,
} from '../tiny.ts';
import { read, same, save, set, state, step, train, tuple } from '../tiny.ts';

const keep = (as: string, ...at: Place): Op => ({ op: 'look', at, as });

/** The group `kept-objects`. */
export function keptObjects(): Group {
  const wideByDefault: Op = { op: 'default_dtype', dtype: 'float64' };
  const grad = (tensor: string): Op => ({ op: 'grad', tensor, bits: bitsOf('float32', [1, 1, 1, 1]) });
  const copied = ['copied', 'param_groups', 0] as const;
  const file = (square_avg: string): Op =>
    loadValue(
      dict({
        state: byId([0, dict({ step: 1, square_avg })]),
        param_groups: [dict({ params: [0], lr: 0.1, alpha: 0.9 })],
      }),
    );
  const looked = [look(...copied, 'params'), look('copied', 'state'), look(...copied, 'params', 0, 'grad')];
  return groupOf(
    ['state_dict', 'kept-objects', 'objects that stay and objects that are copied; the default element type'],
    [
      caseOf(
        'loading',
        ['LSD-11'],
        [],
        [
          ...[
            optimizer(),
            train(1),
            keep('groups', 'opt', 'param_groups'),
            keep('list', 'opt', 'param_groups', 0, 'params'),
          ],
          ...[keep('state', 'opt', 'state'), keep('defaults', 'opt', 'defaults'), save(), load()],
          ...[same(['groups'], ['opt', 'param_groups']), same(['groups', 0], ['opt', 'param_groups', 0])],
          ...[same(['list'], ['opt', 'param_groups', 0, 'params']), same(['state'], ['opt', 'state'])],
          same(['defaults'], ['opt', 'defaults']),
        ],
      ),
      caseOf(
        'copied-list',
        ['RPR-6'],
        [],
        [
          ...[
            optimizer(),
            edit(['opt', 'param_groups', 0, 'extra'], [1, 2]),
            keep('list', 'opt', 'param_groups', 0, 'extra'),
          ],
          ...[
            copy('list', 'other'),
            edit(['list', 0], 7),
            look('opt', 'param_groups', 0, 'extra'),
            copy('opt', 'copied'),
          ],
          ...[same([...copied, 'extra'], ['opt', 'param_groups', 0, 'extra']), look(...copied)],
        ],
      ),
      caseOf(
        'copied-tuples',
        ['RPR-6'],
        [],
        [
          optimizer({}, [dict({ params: ['$w'], numbers: tuple(1, 2), lists: tuple(1, [2]) })]),
          ...[copy('opt', 'copied'), same([...copied, 'numbers'], ['opt', 'param_groups', 0, 'numbers'])],
          ...[
            same([...copied, 'lists'], ['opt', 'param_groups', 0, 'lists']),
            save(),
            load(),
            look('opt', 'param_groups'),
          ],
        ],
      ),
      caseOf(
        'copied-no-leaf',
        ['RPR-5'],
        ['errors', 'messages', 'tensor-lr'],
        [
          ...[optimizer({ differentiable: true }, ['$clone']), copy('opt', 'copied')],
          ...[optimizer({ lr: '$clone' }, ['$w']), save(), load(), look('opt', 'param_groups', 0, 'momentum')],
        ],
      ),
      caseOf(
        'copied-gapped-parameter',
        ['RPR-5', 'STA-3'],
        ['layouts'],
        [
          ...[
            optimizer({}, ['$gapped']),
            grad('gapped'),
            step(),
            state(),
            read('gapped'),
            copy('opt', 'copied'),
            ...looked,
          ],
        ],
      ),
      caseOf(
        'copied-gapped-tensor',
        ['RPR-5', 'STA-3'],
        ['layouts'],
        [...[optimizer({}, ['$gaps']), grad('gaps'), step(), state(), copy('opt', 'copied'), ...looked]],
      ),
      caseOf(
        'cast-gapped',
        ['LSD-13'],
        ['layouts', 'float64'],
        [...[optimizer({}, ['$w']), file('$wide_gaps'), look('opt', 'state')]],
      ),
      caseOf(
        'cast-parameter',
        ['LSD-13'],
        ['float64'],
        [
          ...[optimizer({}, ['$wide']), file('$b'), look('opt', 'state')],
          ...[
            look('opt', 'state', '$wide', 'square_avg', 'requires_grad'),
            look('opt', 'state', '$wide', 'square_avg', 'is_leaf'),
          ],
        ],
      ),
      caseOf('default-dtype', ['STA-2'], [], [wideByDefault, optimizer({ momentum: 0.5 }), train(2), state()]),
      caseOf(
        'default-dtype-between',
        ['STA-2'],
        [],
        [optimizer(), train(1), wideByDefault, train(1, { after: 1 }), state()],
      ),
      caseOf(
        'default-dtype-in-texts',
        ['RPR-9'],
        ['float64', 'empty-tensors'],
        [
          ...[wideByDefault, optimizer({}, ['$w'])],
          ...[set('lr', ['$old', '$old_wide']), set('eps', '$nothing'), { op: 'repr' } as const],
          { op: 'optimizer', as: 'refused', params: ['$w'], options: { lr: '$minus' } },
        ],
      ),
      caseOf(
        'default-dtype-at-load',
        ['STA-2', 'LSD-15'],
        [],
        [optimizer({}, ['$w']), wideByDefault, file('$w2'), state()],
      ),
    ],
    {
      tensors: {
        clone: { ...plain([3], [1, 2, 3]), leaf: false },
        gapped: { ...parameter([1, 2, 3, 4]), shape: [2, 2], layout: 'gapped' },
        gaps: { ...plain([2, 2], [1, 2, 3, 4]), layout: 'gapped' },
        wide_gaps: { ...plain([2, 2], [1, 2, 3, 4], 'float64'), layout: 'gapped' },
        wide: parameter([0.5], 'float64'),
        ...{
          old: plain([1], [3]),
          old_wide: plain([1], [3], 'float64'),
          nothing: plain([0], []),
          minus: plain([1], [-1]),
        },
      },
    },
  );
}

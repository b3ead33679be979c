/**
 * Edges of several areas: what shows only with three groups, two element types, odd flags, or a group without parameters.
 */
import type { Op } from '../../src/scenario/types.ts';
import type { Group } from './group.ts';
import {
  add,
  caseOf,
  clone,
  dict,
  edit,
  groupOf,
  GROUPS,
  look,
  optimizer,
  parameter,
  remove,
  set,
  STATE,
  train,
  tuple,
} from './small.ts';
import { copy, load, save, step } from './tiny.ts';

const ZERO_GRAD: Op = { op: 'zero_grad' };

/** One group an area. */
export function edges(): Group[] {
  return [inGroups(), inGrads(), inErrors(), inStateDicts()];
}

function inGroups(): Group {
  const two = optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]);
  const named = optimizer({}, [dict({ params: [tuple('weight', '$w')] }), dict({ params: [tuple('bias', '$b')] })]);
  const decay = (foreach: boolean): Op[] => [
    optimizer({ foreach }),
    train(1),
    set('weight_decay', -0.1),
    train(1, { after: 1 }),
    STATE,
  ];
  const flags = [optimizer({ centered: 1, maximize: [], foreach: 'yes' }), train(2), STATE, GROUPS];
  const notANumber = [optimizer({ centered: { $float: 'nan' }, foreach: 0 }), train(2), STATE];
  return groupOf(
    ['groups', 'edges', 'overlaps among several groups, flags that are no booleans, a negative decay'],
    [
      caseOf('overlap-with-the-first-of-two', ['GRP-7'], ['errors'], [two, add({ params: ['$c', '$w'] }), GROUPS]),
      caseOf('overlap-with-the-last-of-two', ['GRP-7'], ['errors'], [two, add({ params: ['$c', '$b'] }), GROUPS]),
      caseOf(
        'names-beside-a-nameless-second',
        ['GRP-7', 'OPT-7'],
        ['errors', 'names'],
        [...[named, remove('opt', 'param_groups', 1, 'param_names'), add({ params: [tuple('more', '$c')] }), GROUPS]],
      ),
      caseOf('negative-decay', ['RMS-4', 'RMS-10'], ['state', 'weight_decay', 'lr-change'], decay(false)),
      caseOf('negative-decay+foreach', ['RMS-4', 'RMS-12'], ['state', 'weight_decay', 'lr-change'], decay(true)),
      caseOf('flags-that-are-no-booleans', ['RMS-10', 'OPT-3'], ['state', 'bookkeeping'], flags),
      caseOf('flags-that-are-numbers', ['RMS-10', 'OPT-3'], ['state', 'bookkeeping'], notANumber),
    ],
  );
}

function inGrads(): Group {
  const recorded = optimizer({ differentiable: true }, ['$clone']);
  const wide = { op: 'grad', tensor: 'wide', bits: '3fb999999999999a' } as const;
  const unfit = (params: readonly string[]): Op[] => [
    ...[optimizer({ foreach: true }, params), wide, train(1), edit(['opt', 'state', '$w', 'square_avg'], '$long')],
    ...[step(), look('opt', 'state', '$wide'), look('opt', 'state', '$w', 'step')],
  ];
  return groupOf(
    ['grads', 'edges', 'absent gradients of tensors that are no leaves, element types that fail apart'],
    [
      caseOf(
        'no-leaf-without-gradient',
        ['GRD-3'],
        ['messages', 'differentiable'],
        [recorded, step(), ZERO_GRAD, step()],
      ),
      caseOf('buckets-narrow-first', ['RMS-12'], ['errors', 'state', 'float64', 'foreach'], unfit(['$w', '$wide'])),
      caseOf('buckets-wide-first', ['RMS-12'], ['errors', 'state', 'float64', 'foreach'], unfit(['$wide', '$w'])),
    ],
    { clone: clone([3]), wide: parameter([1 / 3], 'float64'), long: parameter([1, 2, 3]) },
  );
}

function inErrors(): Group {
  const without = remove('opt', 'param_groups', 0, 'params');
  const none = edit(['opt', 'param_groups', 0, 'params'], null);
  const number = edit(['opt', 'param_groups', 0, 'params'], [5]);
  const all: readonly Op[] = [ZERO_GRAD, save(), step()];
  const defaults = (change: Op): Op[] => [optimizer(), change, train(1), STATE];
  return groupOf(
    ['errors', 'edges', 'groups without parameters, defaults without differentiable'],
    [
      caseOf('no-params', ['ERR-4'], ['errors', 'groups'], [optimizer(), without, ...all]),
      caseOf('params-none', ['ERR-4'], ['errors', 'groups'], [optimizer(), none, ...all]),
      caseOf('params-of-a-number', ['ERR-4'], ['errors', 'groups'], [optimizer(), number, ZERO_GRAD, step()]),
      caseOf(
        'defaults-without-differentiable',
        ['GRD-1'],
        ['errors'],
        defaults(remove('opt', 'defaults', 'differentiable')),
      ),
      caseOf(
        'defaults-differentiable-a-number',
        ['GRD-1'],
        ['errors'],
        defaults(edit(['opt', 'defaults', 'differentiable'], 1)),
      ),
      caseOf(
        'defaults-differentiable-none',
        ['GRD-1'],
        ['errors'],
        defaults(edit(['opt', 'defaults', 'differentiable'], null)),
      ),
    ],
  );
}

function inStateDicts(): Group {
  const named = (as: string, own: object): Op => ({
    op: 'optimizer',
    as,
    params: [dict({ params: ['$w'], ...own })],
    options: {},
  });
  const stale = [optimizer(), train(1), edit(['opt', 'param_groups', 0], dict({ params: ['$c'], lr: 1 })), save()];
  const unnamed = [
    named('opt', {}),
    save(),
    named('fresh', { param_names: ['weight'] }),
    load('fresh'),
    look('fresh', 'param_groups'),
  ];
  const completed = [
    optimizer(),
    remove('opt', 'defaults', 'differentiable'),
    save(),
    load(),
    look('opt', 'defaults'),
    train(1),
  ];
  const copied = [
    optimizer(),
    remove('opt', 'defaults', 'differentiable'),
    copy('opt', 'copied'),
    look('copied', 'defaults'),
  ];
  return groupOf(
    ['state_dict', 'edges', 'state of a tensor in no group, names kept by key alone, defaults completed'],
    [
      caseOf('state-of-a-tensor-in-no-group', ['SDT-6'], ['errors', 'groups'], stale),
      caseOf('names-by-key', ['LSD-12'], [], unnamed),
      caseOf('loading-completes-defaults', ['RPR-13'], [], completed),
      caseOf('copying-completes-defaults', ['RPR-3'], [], copied),
    ],
  );
}

/**
 * Options that are tensors of integers, over floating-point parameters.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bitsOf } from '../random.ts';
import {
  caseOf,
  groupOf,
  GROUPS,
  groups,
  optimizer,
  type Options,
  parameter,
  plain,
  read,
  STATE,
  train,
} from '../small.ts';

/** Group `int64-options`. */
export function int64Options(): Group {
  return groupOf(
    ['errors', 'int64-options', 'options that are tensors of integers'],
    [...constructed(), ...stepped(), inGroup()],
    {
      ...{ zero: plain([], [0], 'int64'), one: plain([], [1], 'int64'), two: plain([], [2], 'int64') },
      ...{ minus: plain([], [-1], 'int64'), minus_one: plain([1], [-1], 'int64'), ones: plain([1], [1], 'int64') },
      ...{ square: plain([1, 1], [1], 'int64'), pair: plain([2], [1, 2], 'int64'), none: plain([0], [], 'int64') },
      ...{ odd: plain([], [2 ** 24 + 1], 'int64'), most: plain([], [2 ** 53 - 1], 'int64') },
      ...{ wide: parameter([1 / 3, 0], 'float64') },
    },
  );
}

const CHECKED = ['lr', 'eps', 'momentum', 'weight_decay', 'alpha'] as const;

function constructed(): readonly ScenarioCase[] {
  return CHECKED.flatMap((option) => [
    ...['minus', 'minus_one', 'pair', 'none'].map((name) =>
      caseOf(
        `refused-${option}=${name}`,
        ['INT-5', 'OPT-3'],
        ['errors', 'messages', 'int64', 'empty-tensors'],
        [optimizer({ [option]: `$${name}` })],
      ),
    ),
    ...['zero', 'ones'].map((name) =>
      caseOf(
        `accepted-${option}=${name}`,
        ['INT-5', 'OPT-3'],
        ['int64', 'empty-tensors'],
        [optimizer({ [option]: `$${name}` }), GROUPS],
      ),
    ),
  ]);
}

function stepped(): readonly ScenarioCase[] {
  const options: readonly Options[] = [
    ...['zero', 'one', 'ones', 'square', 'odd', 'most'].map((name) => ({ lr: `$${name}` })),
    ...['zero', 'one', 'two', 'ones', 'odd'].map((name) => ({ alpha: `$${name}` })),
    ...['zero', 'one', 'two'].map((name) => ({ alpha: `$${name}`, centered: true })),
    ...['one', 'two', 'ones', 'square', 'odd'].map((name) => ({ eps: `$${name}` })),
    ...['zero', 'one', 'two', 'ones', 'odd'].map((name) => ({ momentum: `$${name}` })),
    ...['zero', 'one', 'two', 'ones', 'odd'].map((name) => ({ weight_decay: `$${name}` })),
    ...[
      { lr: '$two', momentum: '$two', alpha: '$one' },
      { lr: '$one', momentum: 0.5, weight_decay: '$two' },
    ],
    ...[{ centered: '$one' }, { maximize: '$one' }, { maximize: '$zero' }],
  ];
  return options.flatMap((own) =>
    [false, true].map((foreach) =>
      caseOf(
        [
          ...Object.entries(own).map(([name, value]) => `${name}=${String(value).replace('$', '')}`),
          ...(foreach ? ['foreach'] : []),
        ].join('+'),
        ['INT-5', 'INT-2', 'ERR-8'],
        ['errors', 'messages', 'state', 'odd-options', 'int64', 'float64', 'empty-tensors', 'tensor-lr'],
        [optimizer({ ...own, foreach }, ['$w', '$wide', '$b']), WIDE, train(2), STATE, read('w', 'wide', 'b')],
      ),
    ),
  );
}

/** A gradient of the float64 parameter. */
const WIDE: Op = { op: 'grad', tensor: 'wide', bits: bitsOf('float64', [0.1, -0.7]) };

/** The options of a group are not checked. */
function inGroup(): ScenarioCase {
  const options = { lr: '$minus', weight_decay: '$minus' };
  return caseOf(
    'in-group',
    ['INT-5', 'GRP-4'],
    ['int64', 'state', 'empty-tensors', 'tensor-lr', 'odd-options'],
    [optimizer({}, groups(options, {})), train(2), STATE],
  );
}

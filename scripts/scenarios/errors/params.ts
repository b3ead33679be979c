/**
 * What the constructor refuses to take as parameters.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  clone,
  dict,
  float,
  generator,
  groupOf,
  optimizer,
  type Options,
  plain,
  setOf,
  tuple,
} from '../small.ts';
import { REFUSED_GROUPS } from './refused-groups.ts';

const W = dict({ params: ['$w'] });

const WHOLE: Options = {
  parameter: '$w',
  tensor: '$plain',
  'no-leaf-itself': '$clone',
  none: null,
  int: 5,
  float: 0.5,
  nan: float('nan'),
  bool: true,
  text: 'weights',
  'empty-text': '',
  'empty-list': [],
  'empty-tuple': tuple(),
  'empty-generator': generator(),
  'empty-set': setOf(),
  'empty-dict': dict({}),
  group: W,
};

const ITEMS: Options = {
  int: [5],
  float: [0.5],
  bool: [true],
  text: ['x'],
  none: [null],
  list: [['$w']],
  tuple: tuple(['$w']),
  generator: generator(5),
  'after-tensor': ['$w', 5],
  'before-tensor': [5, '$w'],
  'none-after-tensor': ['$w', null],
  'no-leaf': ['$w', '$clone'],
  'no-tensor-then-no-leaf': [5, '$clone'],
  'no-leaf-then-no-tensor': ['$clone', 5],
  'group-after-tensor': ['$w', dict({ params: ['$b'] })],
};

const AFTER_GROUP: Options = {
  parameter: [W, '$b'],
  tensor: [W, '$plain'],
  none: [W, null],
  list: [W, ['$b']],
  tuple: [W, tuple('$b')],
  text: [W, 'x'],
  number: [W, 5],
};

/** Group `params`. */
export function params(): Group {
  return groupOf(
    ['errors', 'params', 'what the constructor refuses to take as parameters'],
    [
      ...each('', WHOLE, 'OPT-6'),
      ...each('item-', ITEMS, 'OPT-6', 'GRP-2'),
      ...each('after-group-', AFTER_GROUP, 'OPT-6', 'GRP-2'),
      ...Object.entries(REFUSED_GROUPS).map(([id, group]) =>
        refused(`group-${id}`, [dict({ params: ['$b'] }), group], 'GRP-2'),
      ),
    ],
    { clone: clone([3]), plain: plain([2], [1, 4]) },
  );
}

function each(prefix: string, table: Options, ...clauses: readonly string[]): readonly ScenarioCase[] {
  return Object.entries(table).map(([id, value]) => refused(`${prefix}${id}`, value, ...clauses));
}

function refused(id: string, value: Value, ...clauses: readonly string[]): ScenarioCase {
  const needs = id.includes('no-leaf') ? (['errors', 'differentiable'] as const) : (['errors'] as const);
  return caseOf(id, clauses, needs, [optimizer({}, value)]);
}

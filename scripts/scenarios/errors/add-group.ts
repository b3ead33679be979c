/**
 * What add_param_group refuses.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, clone, generator, groupOf, look, optimizer, type Options, setOf, tuple } from '../small.ts';
import { REFUSED_GROUPS } from './refused-groups.ts';

const NO_DICTS: Options = {
  list: ['$w'],
  tuple: tuple('$w'),
  generator: generator('$w'),
  set: setOf('$w'),
  parameter: '$w',
  none: null,
  int: 5,
  float: 0.5,
  bool: true,
  text: 'params',
};

/** Group `add-group`. */
export function addGroup(): Group {
  return groupOf(
    ['errors', 'add-group', 'what add_param_group refuses'],
    [
      ...Object.entries(NO_DICTS).map(([id, group]) => refused(`no-dict-${id}`, group, 'GRP-2', 'ERR-3')),
      ...Object.entries(REFUSED_GROUPS).map(([id, group]) => refused(id, group, 'GRP-2', 'GRP-7')),
    ],
    { clone: clone([3]) },
  );
}

function refused(id: string, group: Value, ...clauses: readonly string[]): ScenarioCase {
  const needs = id.includes('no-leaf') ? (['errors', 'differentiable'] as const) : (['errors'] as const);
  const program = [optimizer({}, ['$b']), { op: 'add_param_group', group } as const, look('opt', 'param_groups')];
  return caseOf(id, clauses, needs, program);
}

/**
 * How messages name types that other cases do not have.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { caseOf, generator, groupOf, iterable, optimizer } from '../small.ts';
import { type Options, step } from '../small.ts';

const VALUES: Options = {
  iterable: iterable(),
  generator: generator(),
};

/** Where a message names the type of a value. */
const PLACES: Readonly<Record<string, (value: Value) => readonly Op[]>> = {
  item: (value) => [optimizer({}, [value])],
  group: (value) => [optimizer(), { op: 'add_param_group', group: value }],
  option: (value) => [optimizer({ momentum: value })],
  called: (value) => [optimizer(), step({ args: [value] })],
  loaded: (value) => [optimizer(), { op: 'load_state_dict', value }],
};

/** Group `type-names`. */
export function typeNames(): Group {
  const needs = ['errors', 'messages', 'bookkeeping'] as const;
  return groupOf(
    ['errors', 'type-names', 'names of types in messages'],
    [
      ...Object.entries(PLACES).flatMap(([place, program]) =>
        Object.entries(VALUES).map(([id, value]) => caseOf(`${place}-${id}`, ['ERR-3'], needs, program(value))),
      ),
    ],
  );
}

/**
 * How messages name types that other cases do not have.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, float, frozenset, generator, groupOf, iterable, optimizer } from '../small.ts';
import { type Options, step } from '../small.ts';

const VALUES: Options = {
  'negative-zero': float('-0.0'),
  frozenset: frozenset(),
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
  const notIterable: readonly ScenarioCase[] = [
    caseOf('whole-negative-zero', ['ERR-3', 'OPT-6'], needs, [optimizer({}, float('-0.0'))]),
    caseOf('params-negative-zero', ['ERR-3', 'GRP-2'], needs, [
      optimizer({}, [dict({ params: float('-0.0') })]),
      optimizer({}, ['$w']),
      add({ params: float('-0.0') }),
    ]),
  ];
  return groupOf(
    ['errors', 'type-names', 'names of types in messages'],
    [
      ...Object.entries(PLACES).flatMap(([place, program]) =>
        Object.entries(VALUES)
          // Negative zero is a valid option, and nothing is copied before a number is found to be no dictionary.
          .filter(([id]) => !(place === 'option' && id === 'negative-zero'))
          .map(([id, value]) => caseOf(`${place}-${id}`, ['ERR-3'], needs, program(value))),
      ),
      ...notIterable,
    ],
  );
}

/**
 * Arguments that a hook before a step puts in the place of the step's: whatever can be unpacked.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { byId, caseOf, dict, groupOf, hook, logging, optimizer, plain, step, tuple } from '../tiny.ts';

const PAIRS: readonly (readonly [name: string, args: Value, kwargs: Value])[] = [
  ...([
    ['list', ['$w'], dict()],
    ['text', 'ab', dict()],
    ['empty-text', '', dict()],
  ] as const),
  ...([
    ['set', { $set: [5] }, dict()],
    ['dict', dict({ a: 1 }), dict()],
    ['number', 5, dict()],
  ] as const),
  ...([
    ['none', null, dict()],
    ['tensor', '$w', dict()],
    ['scalar-tensor', '$scalar', dict()],
  ] as const),
  ...([
    ['a-number-first', tuple(5), dict()],
    ['none-first', tuple(null), dict()],
  ] as const),
  ...([
    ['dict-first', tuple(dict({ defaults: 5 })), dict()],
    ['integer-keyword', tuple(5), byId([1, 2])],
  ] as const),
  ...([
    ['keywords-in-a-list', tuple(5), []],
    ['no-keywords', tuple(5), null],
  ] as const),
  ...([['unknown-keyword', tuple(5), dict({ foo: 1 })]] as const),
];

/** What cannot be unpacked; of the others the optimizer is the first item. */
const NOT_UNPACKED = [
  ...['number', 'none', 'scalar-tensor'],
  ...['integer-keyword', 'keywords-in-a-list', 'no-keywords'],
];

/** The group `arguments`. */
export function argumentsOfSteps(): Group {
  return groupOf(
    ['hooks', 'arguments', 'replaced arguments that are no tuples, or hold no optimizer'],
    PAIRS.flatMap(([name, args, kwargs]) =>
      (['step_pre', 'global_step_pre'] as const).map((kind) =>
        caseOf(
          `${name}-${kind.replaceAll('_', '-')}`,
          NOT_UNPACKED.includes(name) ? ['HKS-8'] : ['HKS-7', 'HKS-8', 'HKS-9'],
          ['errors', 'messages'],
          [...[optimizer(), hook(kind, [{ return: tuple(args, kwargs) }]), logging(kind, 'next'), step()]],
        ),
      ),
    ),
    { tensors: { scalar: plain([], [0.5]) } },
  );
}

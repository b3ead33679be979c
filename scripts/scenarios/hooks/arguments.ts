/**
 * Arguments that a hook before a step puts in the place of the step's: whatever can be unpacked.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { caseOf, dict, groupOf, hook, logging, optimizer, step, tuple } from '../tiny.ts';

const PAIRS: readonly (readonly [name: string, args: Value, kwargs: Value])[] = [
  ...([
    ['list', ['$w'], dict()],
    ['number', 5, dict()],
    ['none', null, dict()],
  ] as const),
  ...([
    ['a-number-first', tuple(5), dict()],
    ['none-first', tuple(null), dict()],
  ] as const),
  ...([
    ['no-keywords', tuple(5), null],
    ['unknown-keyword', tuple(5), dict({ foo: 1 })],
  ] as const),
];

/** What cannot be unpacked; of the others the optimizer is the first item. */
const NOT_UNPACKED = ['number', 'none', 'no-keywords'];

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
  );
}

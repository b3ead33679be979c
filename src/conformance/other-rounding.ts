/**
 * Whether what a port has in place of the reference's numbers is what the right rule gives in another arithmetic (spec/conformance.md).
 */
import type { Need } from '../scenario/needs.ts';
import type { FailedCase } from './diagnosis/confirm.ts';
import { KINDS } from './diagnosis/kinds.ts';
import { observedNumbers, predict, prepare, stateKeysOf } from './diagnosis/predict.ts';
import { partsOf } from './diagnosis/rule.ts';

/** The rule that has nothing wrong. */
const RIGHT = partsOf({});

/**
 * Whether each number in which a port differs from the reference is one that some kind of arithmetic makes of the right rule; false
 * where no rule runs the case.
 */
export function isOfAnotherRounding(
  { case: { scenario }, expected, actual }: Pick<FailedCase, 'case' | 'expected' | 'actual'>,
  claims: ReadonlySet<Need>,
): boolean {
  const prepared = prepare(scenario);
  if (prepared === undefined) return false;
  const keys = stateKeysOf(claims);
  const [wanted, got] = [observedNumbers(scenario, expected, keys), observedNumbers(scenario, actual, keys)];
  const differing = wanted.flatMap((x, i) => (Object.is(x, got[i]) ? [] : [i]));
  const right = KINDS.map((kind) => predict(RIGHT, kind, prepared, keys));
  return differing.every((i) => right.some((numbers) => numbers[i] !== undefined && Object.is(numbers[i], got[i])));
}

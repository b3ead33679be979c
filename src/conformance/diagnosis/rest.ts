/**
 * What is left of a case that a rule does not explain: whether it is another mistake, or only what the port's own arithmetic makes of
 * the rule.
 */
import { alike, MORE_THAN_ROUNDING } from './agreement.ts';
import type { Held } from './confirm.ts';
import type { Kind } from './kinds.ts';
import { predict } from './predict.ts';
import { partsOf, type Rule } from './rule.ts';

/** Units in the last place of the largest that a parameter was, for every step, that are an author's other order of operations. */
const ULP_A_STEP = 8;

const NOT_FINITE = 'infinity or NaN alone, as of 0 times infinity or of what overflows';
const GUARDED = 'numbers where the rule makes infinity or NaN, as a guard does';
const ROUNDED = 'rounding of the parameters alone';

/** In words, what a case differs by from a rule; undefined where it is more than that. */
export function restOf(rule: Rule, kind: Kind, { prepared, actual, keys }: Held): string | undefined {
  const predicted = predict(partsOf(rule), kind, prepared, keys);
  const elements = prepared.before.length;
  const epsilon = [...prepared.tensors.values()].some(({ dtype }) => dtype === 'float32') ? 2 ** -23 : 2 ** -52;
  const largest = prepared.before.map((x) => (Number.isFinite(x) ? Math.abs(x) : 0));
  let [guarded, infinite] = [0, 0];
  for (const [i, a] of actual.entries()) {
    const q = predicted[i];
    if (a === undefined || q === undefined || Object.is(a, q)) continue;
    if (!Number.isFinite(a) || !Number.isFinite(q)) {
      if (Number.isFinite(a)) guarded += 1;
      else infinite += 1;
      continue;
    }
    const step = Math.floor(i / elements) + 1;
    const size = (largest[i % elements] = Math.max(largest[i % elements]!, Math.abs(a), Math.abs(q)));
    if (!alike(a, q, MORE_THAN_ROUNDING) && Math.abs(a - q) > ULP_A_STEP * step * epsilon * size) return undefined;
  }
  if (infinite > 0) return NOT_FINITE;
  return guarded > 0 ? GUARDED : ROUNDED;
}

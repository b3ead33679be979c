/**
 * What two references observed differently: versions of PyTorch against each other.
 */
import { FACETS } from '../scenario/needs.ts';
import type { Case, ReferenceName } from '../golden/types.ts';
import { compare } from './compare.ts';
import type { Difference, Numbers } from './difference.ts';

/** Cases that differ in the same way. */
export interface Drift {
  readonly difference: Difference;
  readonly cases: readonly string[];
}

/** Two references compared over the cases that both observed. */
export interface DriftResult {
  readonly from: ReferenceName;
  readonly to: ReferenceName;
  readonly cases: number;
  /** Of all parameters and buffers that both have. */
  readonly numbers: Numbers;
  readonly drifts: readonly Drift[];
}

const NUMERIC = new Set(['numbers', 'state'] as const);
const OTHER = new Set(FACETS.filter((facet) => facet !== 'numbers' && facet !== 'state'));

/** Compares what `to` observed with what `from` did; differences of one kind are one row. */
export function drift(cases: readonly Case[], from: ReferenceName, to: ReferenceName): DriftResult {
  let [compared, differing] = [0, 0];
  const rows = new Map<string, { difference: Difference; cases: string[] }>();
  const both = cases.filter(({ observed }) => observed.has(from) && observed.has(to));
  for (const { id, scenario, observed } of both) {
    const [expected, actual] = [observed.get(from)!, observed.get(to)!];
    const numeric = compare(scenario, expected, actual, NUMERIC);
    compared += numeric.numbers.compared;
    differing += numeric.numbers.differing;
    for (const { first } of [numeric, compare(scenario, expected, actual, OTHER)]) {
      if (first === undefined) continue;
      const key = kind(first);
      const row = rows.get(key) ?? { difference: first, cases: [] };
      if (row.cases.at(-1) !== id) row.cases.push(id);
      rows.set(key, row);
    }
  }
  return { from, to, cases: both.length, numbers: { compared, differing }, drifts: [...rows.values()] };
}

/** Differences of a kind: of one facet, at one place but for the tensor and the step, between the same things. */
function kind({ facet, where, tensor, expected, actual, ulps }: Difference): string {
  const place = where.replaceAll(/step \d+|\[[\d, ]*\]/g, '').replaceAll(tensor ?? /state of \w+/g, '');
  return [facet, place, ...(ulps === undefined ? [expected, actual] : [])].join('\n');
}

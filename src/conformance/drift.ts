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
  /** Of the parameters and buffers of the cases in which both raise or neither does. */
  readonly numbers: Numbers;
  readonly drifts: readonly Drift[];
}

const NUMERIC = new Set(['numbers', 'state'] as const);
const ERRORS = new Set(['errors'] as const);
const OTHER = new Set(FACETS.filter((facet) => facet !== 'numbers' && facet !== 'state'));

/** Compares what `to` observed with what `from` did; differences of one kind are one row. */
export function drift(cases: readonly Case[], from: ReferenceName, to: ReferenceName): DriftResult {
  let [compared, differing] = [0, 0];
  const rows = new Map<string, { difference: Difference; cases: string[] }>();
  const both = cases.filter(({ observed }) => observed.has(from) && observed.has(to));
  for (const { id, scenario, observed } of both) {
    const [expected, actual] = [observed.get(from)!, observed.get(to)!];
    const numeric = compare(scenario, expected, actual, NUMERIC);
    const other = compare(scenario, expected, actual, OTHER);
    // Where one of them refuses, the numbers after that are of different programs.
    const refused = compare(scenario, expected, actual, ERRORS).first !== undefined;
    if (!refused) {
      compared += numeric.numbers.compared;
      differing += numeric.numbers.differing;
    }
    for (const { first } of refused ? [other] : [numeric, other]) {
      if (first === undefined) continue;
      const key = kind(first);
      const row = rows.get(key) ?? { difference: first, cases: [] };
      if (row.cases.at(-1) !== id) row.cases.push(id);
      rows.set(key, row);
    }
  }
  return { from, to, cases: both.length, numbers: { compared, differing }, drifts: [...rows.values()] };
}

/** Differences of a kind: of one facet, at one place and between the same things, but for names, numbers and other keys. */
function kind({ facet, operation, where, expected, actual, ulps }: Difference): string {
  const place = where
    .replaceAll(/\$\w+|\bkey \d+/g, 'x')
    .replaceAll(/state of \w+/g, 'state')
    .replaceAll(/\d+/g, 'n');
  if (where.endsWith('keys')) return [facet, changed(expected, actual, ', ')].join('\n');
  if (where === 'repr') return [facet, operation, changed(expected, actual, '\\n')].join('\n');
  return [facet, operation, place, ...(ulps === undefined ? [shapeOf(expected), shapeOf(actual)] : [])].join('\n');
}

/** Which keys, or lines of a text, went and which came; where none did, their order. */
function changed(expected: string, actual: string, between: string): string {
  const [before, after] = [expected, actual].map((text) => text.split(between)) as [string[], string[]];
  const gone = before.filter((part) => !after.includes(part)).map((part) => `-${part}`);
  const come = after.filter((part) => !before.includes(part)).map((part) => `+${part}`);
  return [...gone, ...come].join(' ') || 'order';
}

/** A text without its bits and numbers, but for those in messages. */
function shapeOf(text: string): string {
  return text.replace(/\b[0-9a-f]{8}([0-9a-f]{8})?$/, 'bits').replace(/^\d+$/, 'n');
}

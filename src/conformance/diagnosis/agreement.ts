/**
 * Whether numbers agree: up to rounding, and as to what a rule explains.
 */
import type { Trajectory } from './predict.ts';

/** Relative error that a few roundings of float32 make. */
const ROUNDING = 8e-6;

/** Relative error up to which a difference may be rounding. */
export const MORE_THAN_ROUNDING = 2e-5;

/** A few units in the last place of float32. */
const ULPS = 5e-7;

/** How much nearer to the port a rule is than the reference, where it explains a number. */
const NEARER = 20;

/** Whether two numbers are the same up to rounding. */
export function alike(a: number, b: number, relative: number = ROUNDING): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
}

/** The parameters of a program as they are before its first step; the first numbers of a trajectory are theirs, step by step. */
export interface Parameters {
  readonly before: readonly number[];
  /** How many of the numbers are theirs. */
  readonly numbers: number;
}

/** How many of the numbers of `a` are those of `b` up to rounding, which for a parameter is that of the largest that it was. */
export function matches(
  a: Trajectory,
  b: Trajectory,
  { before, numbers }: Parameters = { before: [], numbers: 0 },
): { readonly matched: number; readonly of: number } {
  let [matched, of] = [0, 0];
  const largest = before.map(Math.abs);
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined) continue;
    of += 1;
    if (y === undefined) continue;
    let same = alike(x, y);
    if (i < numbers) {
      const at = i % before.length;
      same ||= Math.abs(x - y) <= ULPS * largest[at]!;
      largest[at] = Math.max(largest[at]!, Math.abs(y));
    }
    if (same) matched += 1;
  }
  return { matched, of };
}

/** What a rule says of one case. */
export interface Share {
  /** Numbers in which the port or the rule differs from the reference by more than rounding. */
  readonly informative: number;
  /** Those of them in which the rule is where the port is. */
  readonly explained: number;
  /** Numbers that the rule has to the last bit. */
  readonly exact: number;
  /** Numbers of which the port has other bits than the reference, and those of them in which the rule is nearer to it. */
  readonly differing: number;
  readonly nearer: number;
}

/** Whether the rule is far nearer to the port than to the reference; of what is not finite nothing is near. */
function isNearer(actual: number, rule: number, expected: number): boolean {
  return (
    [actual, rule, expected].every(Number.isFinite) && Math.abs(actual - rule) * NEARER <= Math.abs(rule - expected)
  );
}

/** The share of numbers that a rule explains. */
export function shareOf(actual: Trajectory, expected: Trajectory, rule: Trajectory): Share {
  let [informative, explained, exact, differing, nearer] = [0, 0, 0, 0, 0];
  for (let i = 0; i < actual.length; i++) {
    const [a, e, q] = [actual[i], expected[i], rule[i]];
    if (a === undefined || e === undefined || q === undefined) continue;
    if (Object.is(a, q)) exact += 1;
    if (!Object.is(a, e)) {
      differing += 1;
      if (Object.is(a, q) || Math.abs(a - q) < Math.abs(a - e)) nearer += 1;
    }
    if (alike(a, e, MORE_THAN_ROUNDING) && alike(q, e, MORE_THAN_ROUNDING)) continue;
    informative += 1;
    if (alike(a, q, MORE_THAN_ROUNDING) || isNearer(a, q, e)) explained += 1;
  }
  return { informative, explained, exact, differing, nearer };
}

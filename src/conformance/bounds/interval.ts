/**
 * What is known of one element: a closed interval of doubles that holds whatever a right port may have there. An interval is
 * finite, or one certain NaN or infinity, or undetermined.
 */

/** Both ends, in the units of the element; the ends belong to it. */
export type Interval = readonly [low: number, high: number];

/** Anything, NaN included: nothing that is computed from it is known either. */
export const UNDETERMINED: Interval = [-Infinity, Infinity];

/** NaN whatever the rounding. */
export const NAN: Interval = [NaN, NaN];

/** Zero whatever the rounding. */
export const ZERO: Interval = [0, 0];

/** One value that everyone has: a gradient, or a parameter before its first step. */
export function exactly(x: number): Interval {
  return [x, x];
}

/** The least interval around some intervals; NaN where one of them is, undetermined where one of the others is. */
export function hull(...intervals: readonly Interval[]): Interval {
  return [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))];
}

/** Every value with the other sign. */
export function negated([low, high]: Interval): Interval {
  return [-high, -low];
}

/** Whether nothing is known. */
export function isUndetermined([low, high]: Interval): boolean {
  return low === -Infinity && high === Infinity;
}

/** Whether both ends are finite. */
export function isFinite([low, high]: Interval): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}

/** Whether the value is certainly NaN. */
export function isNaN([low]: Interval): boolean {
  return Number.isNaN(low);
}

/** Whether the value is certainly x; zeros of either sign are one. */
export function is(x: number, [low, high]: Interval): boolean {
  return low === x && high === x;
}

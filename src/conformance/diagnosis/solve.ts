/**
 * Reads a number off what a port computed: of the values of a family the one whose prediction meets it.
 */
import { alike } from './agreement.ts';
import type { Axis, AxisName, Family, Range } from './axes/axis.ts';
import { evenly } from './evenly.ts';
import type { Trajectory } from './predict.ts';
import type { Rule } from './rule.ts';

/** What a port answered, and how rules are held against it. */
export interface Sought {
  /** One for each program. */
  readonly answers: readonly {
    readonly actual: Trajectory;
    /** What a rule answers, in the same order. */
    readonly predicted: (rule: Rule) => Trajectory;
  }[];
  /** How much of the answers a rule has. */
  readonly score: (rule: Rule) => number;
}

/** Where predictions are made before crossings are looked for. */
const GRID: Readonly<Record<Range, readonly number[]>> = {
  positive: Array.from({ length: 31 }, (_, i) => 10 ** (i - 24)),
  share: [
    ...Array.from({ length: 20 }, (_, i) => i / 20),
    ...Array.from({ length: 12 }, (_, i) => 1 - 10 ** (-1.5 - i / 2)),
  ],
};

/** Numbers of one program that are read off. */
const TRIED = 4;

/** Halvings in which those that cross have to stay together, two of them and a third of all at least. */
const TOGETHER = 8;

/** Programs that are looked at: those of which most answers are not there yet. */
const PROGRAMS = 2;

/** Halvings of an interval. */
const HALVINGS = 20;

/** Digits of a number that an author would write, and the share of the answers that it keeps of what the solved one has. */
export const DIGITS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
export const WRITTEN = 0.95;

/** The rule with the number of a family that answers as the port did, on top of another; undefined where no number does. */
export function solved(base: Rule, axis: Axis, family: Family, { answers, score }: Sought): Rule | undefined {
  const name: AxisName = axis.name;
  const ruleAt = (x: number): Rule => ({ ...base, [name]: family.of(x).name });
  const grid = GRID[family.range];
  // The program, and the interval, in which most of the answers that are not there yet cross what is predicted.
  let most:
    { readonly of: Sought['answers'][number]; readonly at: number; readonly crossing: readonly number[] } | undefined;
  const open = answers.map((of) => {
    const without = of.predicted(base);
    return {
      of,
      wrong: of.actual.flatMap((x, i) => (x === undefined || alike(x, without[i] ?? Number.NaN) ? [] : [i])),
    };
  });
  open.sort((a, b) => b.wrong.length - a.wrong.length);
  for (const { of, wrong } of open.slice(0, PROGRAMS)) {
    if (wrong.length <= (most?.crossing.length ?? 0)) continue;
    const predictions = grid.map((x) => of.predicted(ruleAt(x)));
    for (let at = 1; at < grid.length; at++) {
      const crossing = wrong.filter((i) => crosses(predictions[at - 1]![i], predictions[at]![i], of.actual[i]));
      if (crossing.length > (most?.crossing.length ?? 0)) most = { of, at, crossing };
    }
  }
  if (most === undefined) return undefined;
  const { of, crossing } = most;
  const predicted = (x: number): Trajectory => of.predicted(ruleAt(x));
  const agreed = agreeing(predicted, of.actual, crossing, grid[most.at - 1]!, grid[most.at]!);
  if (agreed === undefined) return undefined;
  const numbers = evenly(agreed.crossing, TRIED).map((i) =>
    halved((x) => predicted(x)[i]! - of.actual[i]!, agreed.low, agreed.high),
  );
  const scored = numbers.map((x) => ({ x, fits: score(ruleAt(x)) }));
  const best = scored.reduce((a, b) => (b.fits > a.fits ? b : a));
  const written = DIGITS.map((digits) => Number(best.x.toPrecision(digits)));
  return ruleAt(written.find((x) => score(ruleAt(x)) >= WRITTEN * best.fits) ?? best.x);
}

/** A small interval in which many of the answers cross; undefined where they part. */
function agreeing(
  predicted: (x: number) => Trajectory,
  actual: Trajectory,
  all: readonly number[],
  from: number,
  to: number,
): { readonly low: number; readonly high: number; readonly crossing: readonly number[] } | undefined {
  let [low, high, crossing] = [from, to, all];
  let [below, above] = [predicted(low), predicted(high)];
  for (let i = 0; i < TOGETHER; i++) {
    if (parted(crossing, all)) return undefined;
    const middle = (low + high) / 2;
    const at = predicted(middle);
    const left = crossing.filter((j) => crosses(below[j], at[j], actual[j]));
    const right = crossing.filter((j) => crosses(at[j], above[j], actual[j]));
    if (left.length >= right.length) [high, above, crossing] = [middle, at, left];
    else [low, below, crossing] = [middle, at, right];
  }
  return parted(crossing, all) ? undefined : { low, high, crossing };
}

function parted(crossing: readonly number[], all: readonly number[]): boolean {
  return crossing.length < 2 || crossing.length * 3 < all.length;
}

/** Whether an answer lies between two predictions that differ. */
function crosses(a: number | undefined, b: number | undefined, actual: number | undefined): boolean {
  const [below, above] = [a! - actual!, b! - actual!];
  return below * above <= 0 && below !== above;
}

/** Where a function changes its sign, or is 0. */
function halved(f: (x: number) => number, from: number, to: number): number {
  if (f(from) === 0) return from;
  if (f(to) === 0) return to;
  let [low, high] = [from, to];
  const below = f(low) < 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const at = f(middle);
    if (at === 0) return middle;
    if (at < 0 === below) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

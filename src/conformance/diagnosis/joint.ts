/**
 * Reads several numbers off at once: those of options that have no effect, whatever is asked. One is not to be had without the others.
 */
import type { Axis, AxisName, Fixes } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import type { Trajectory } from './predict.ts';
import type { Rule } from './rule.ts';
import { DIGITS, type Sought, WRITTEN } from './solve.ts';

/** A number that is looked for: the name of its value, and where to begin. */
interface Unknown {
  readonly axis: AxisName;
  readonly template: string;
  /** Numbers to begin with. */
  readonly grid: readonly number[];
  /** Onto all numbers and back. */
  readonly to: (x: number) => number;
  readonly from: (y: number) => number;
}

const logit = (x: number): number => Math.log(x / (1 - x));
const expit = (y: number): number => 1 / (1 + Math.exp(-y));
const positive = { to: Math.log, from: Math.exp };
const share = { to: logit, from: expit };

const LR: Unknown = {
  // From parameters of 0 every move is lr times what it would be with lr 1.
  ...{ axis: 'lr', template: 'fixed-#', grid: [1], ...positive },
};
const ALPHA: Unknown = {
  ...{ axis: 'fixed_alpha', template: 'at-#', grid: [0.5, 0.8, 0.9, 0.95, 0.99, 0.999], ...share },
};
const MOMENTUM: Unknown = { ...{ axis: 'fixed_momentum', template: 'at-#', grid: [0.5, 0.9, 0.99], ...share } };
const EPS: readonly Unknown[] = ['fixed-#', 'fixed-#-inside', 'fixed-#-max'].map((template) => ({
  ...{ axis: 'eps', template, grid: [1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1], ...positive },
}));

/** What a rule may be beside its numbers, one of each. */
const STARTS: readonly Rule[] = [{}, { start: 'one' }, { start: 'square' }];
const CENTERS: readonly Rule[] = [{}, { always_centered: 'always' }];
const PLACES: readonly Rule[] = [{}, { eps: 'inside' }, { eps: 'max' }];

/** How many of the beginnings are followed, and how far. */
const [FOLLOWED, ROUNDS] = [12, 15];

/** The rule, with the numbers of options that have no effect, that answers most as the port did. */
export function jointly(base: Rule, idle: ReadonlySet<string>, { answers, score }: Sought): Rule | undefined {
  const of = answers.reduce((a, b) => (b.actual.length > a.actual.length ? b : a));
  const numbers: readonly Unknown[] = [
    ...(idle.has('lr' satisfies Fixes) ? [LR] : []),
    ...(idle.has('alpha' satisfies Fixes) ? [ALPHA] : []),
  ];
  const places = idle.has('eps')
    ? [...EPS.map((eps) => ({ rule: {}, unknown: [eps] })), { rule: { eps: 'missing' }, unknown: [] }]
    : PLACES.map((rule) => ({ rule, unknown: [] }));
  const momenta = idle.has('momentum') ? [[], [MOMENTUM]] : [[]];
  const beginnings: { readonly rule: Rule; readonly unknown: readonly Unknown[]; at: number[]; off: number }[] = [];
  for (const start of STARTS)
    for (const center of CENTERS)
      for (const place of places)
        for (const momentum of momenta) {
          const rule = { ...base, ...start, ...center, ...place.rule };
          const unknown = [...numbers, ...place.unknown, ...momentum];
          if (unknown.length === 0) continue;
          let best = { at: [] as number[], off: Infinity };
          for (const at of product(unknown.map(({ grid }) => grid))) {
            const predicted = of.predicted(named(rule, unknown, at));
            const times = idle.has('lr') ? middle(quotients(of.actual, predicted)) : 1;
            const off = distance(
              predicted.map((x) => x! * times),
              of.actual,
            );
            if (off < best.off) best = { at: unknown.map((one, i) => (one === LR ? times : at[i]!)), off };
          }
          beginnings.push({ rule, unknown, ...best });
        }
  beginnings.sort((a, b) => a.off - b.off);
  const followed = beginnings.slice(0, FOLLOWED).map(({ rule, unknown, at }) => {
    const predicted = (y: readonly number[]): Trajectory =>
      of.predicted(
        named(
          rule,
          unknown,
          y.map((one, i) => unknown[i]!.from(one)),
        ),
      );
    const solved = descended(
      at.map((one, i) => unknown[i]!.to(one)),
      (y) => residuals(predicted(y), of.actual),
    );
    const numbersAt = solved.map((y, i) => unknown[i]!.from(y));
    return { rule, unknown, at: numbersAt, fits: score(named(rule, unknown, numbersAt)) };
  });
  if (followed.length === 0) return undefined;
  const best = followed.reduce((a, b) => (b.fits > a.fits ? b : a));
  // As their author would have written them: one with more digits than another makes up for no error of the other.
  const written = DIGITS.map((digits) => best.at.map((x) => Number(x.toPrecision(digits))));
  const at = written.find((all) => score(named(best.rule, best.unknown, all)) >= WRITTEN * best.fits) ?? best.at;
  return named(best.rule, best.unknown, at);
}

function named(rule: Rule, unknown: readonly Unknown[], at: readonly number[]): Rule {
  const own = unknown.map(({ axis, template }, i) => {
    const family = (AXES[axis] as Axis).families.find((one) => one.template === template)!;
    return [axis, family.of(at[i]!).name] as const;
  });
  return { ...rule, ...Object.fromEntries(own) };
}

function* product(grids: readonly (readonly number[])[]): Generator<number[]> {
  const [first, ...rest] = grids;
  if (first === undefined) return yield [];
  for (const later of product(rest)) for (const x of first) yield [x, ...later];
}

function quotients(a: Trajectory, b: Trajectory): number[] {
  return a.flatMap((x, i) => (x! / b[i]! > 0 && Number.isFinite(x! / b[i]!) ? [x! / b[i]!] : []));
}

function middle(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? 1;
}

function residuals(predicted: Trajectory, actual: Trajectory): number[] {
  return actual.flatMap((a, i) => {
    const q = predicted[i];
    if (a === undefined || q === undefined || !Number.isFinite(a) || !Number.isFinite(q) || a === 0) return [0];
    return [(q - a) / Math.abs(a)];
  });
}

/** How far off, a number that is far off counting no more than 1. */
function distance(predicted: Trajectory, actual: Trajectory): number {
  return residuals(predicted, actual).reduce((sum, x) => sum + (x * x) / (1 + x * x), 0);
}

/** Gauss and Newton's: the numbers at which residuals are least, near where it begins. */
function descended(from: readonly number[], residualsAt: (y: readonly number[]) => number[]): readonly number[] {
  const by = 1e-3;
  const sum = (all: readonly number[]): number => all.reduce((total, x) => total + x * x, 0);
  let y = from;
  let now = residualsAt(y);
  for (let round = 0; round < ROUNDS; round++) {
    const slopes = y.map((x, i) => residualsAt(y.with(i, x + by)).map((r, j) => (r - now[j]!) / by));
    const step = solvedFor(
      slopes.map((a) => slopes.map((b) => a.reduce((total, x, j) => total + x * b[j]!, 0))),
      slopes.map((a) => a.reduce((total, x, j) => total - x * now[j]!, 0)),
    );
    let size = 1;
    let next = now;
    let moved = y;
    for (; size > 1e-3; size /= 2) {
      moved = y.map((x, i) => x + size * Math.max(-2, Math.min(2, step[i]!)));
      next = residualsAt(moved);
      if (sum(next) < sum(now)) break;
    }
    if (!(sum(next) < sum(now))) break;
    [y, now] = [moved, next];
  }
  return y;
}

/** Gaussian elimination, with a little added to the diagonal: a number without effect stays. */
function solvedFor(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row.map((x, j) => (i === j ? x * (1 + 1e-9) + 1e-12 : x)), right[i]!]);
  for (const i of rows.keys())
    for (const j of rows.keys()) {
      if (j === i) continue;
      const times = rows[j]![i]! / rows[i]![i]!;
      for (let c = i; c <= rows.length; c++) rows[j]![c] = rows[j]![c]! - times * rows[i]![c]!;
    }
  return rows.map((row, i) => row[rows.length]! / row[i]!);
}

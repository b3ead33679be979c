/**
 * One stage of the search: of the combinations of its values those that answer as the port did, the simplest ones.
 */
import { matches } from './agreement.ts';
import type { Axis, AxisName, Family, Parts } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import { jointly } from './joint.ts';
import { KINDS } from './kinds.ts';
import { type Prepared, predict, type StateKey, type Trajectory } from './predict.ts';
import { partsOf, type Rule } from './rule.ts';
import { type Sought, solved } from './solve.ts';

/** An answer as a stage looks at it. */
export interface Seen {
  readonly prepared: Prepared;
  readonly actual: Trajectory;
  readonly keys: readonly StateKey[];
  /** How many of the numbers are parameters, which come first. */
  readonly numbers: number;
}

/** What a stage is to decide. */
export interface Question {
  /** Rules that are built upon. */
  readonly bases: readonly Rule[];
  /** The axes of the stage, over a base. */
  readonly axes: (base: Rule) => readonly AxisName[];
  /** Axes whose values show in its probes too, though few are wrong on them. */
  readonly rare: readonly AxisName[];
  /** Rules that are built upon where nothing on the bases fits. */
  readonly last: readonly Rule[];
  readonly own: readonly Seen[];
  /** Options that have no effect: their numbers may be fixed. */
  readonly idle: ReadonlySet<string>;
}

/** Rules with the most of the numbers, and their share. */
export interface Answer {
  readonly rules: readonly Rule[];
  readonly share: number;
}

/** On how many axes of a stage a rule is wrong at most, where rare axes are among them. */
const RARELY = 3;

/** Wrong values that are combined before numbers are read off. */
const FEW = 2;

/** A stage is read where a rule has this share of its numbers; of more wrong values than a few none with less is looked at. */
export const READ = 0.9;

/** Those of fewer axes that have less than this of the best ones' numbers are not looked at to the end. */
const HALF = 0.5;

/** Rules beside which numbers are read off: those that have most. */
const NEAREST = 25;

/** Rules that are carried from stage to stage. */
const KEPT = 8;

/** The kind in which probes are predicted: what a port's own rounds away is within the tolerance. */
const EXPRESSION = KINDS.find(({ name }) => name === 'double-state')!;

/** The share of numbers that a rule has. */
export function shareOf(rule: Rule, seen: readonly Seen[]): number {
  const of = numbersIn(seen);
  return of === 0 ? 1 : matchedBy(partsOf(rule), seen, of, 0)! / of;
}

/** On how many axes a rule is wrong. */
export function size(rule: Rule): number {
  return Object.keys(rule).length;
}

/** What numbers are read off from. */
export function soughtIn(own: readonly Seen[], score: Sought['score']): Sought {
  return {
    answers: own.map(({ prepared, actual, keys }) => ({
      actual,
      predicted: (rule) => predict(partsOf(rule), EXPRESSION, prepared, keys),
    })),
    score,
  };
}

interface Scored {
  readonly rule: Rule;
  readonly matched: number;
}

/**
 * The simplest combinations of values that have the most of the numbers: those of one value before those of two, numbers that are read
 * off before those of three, and none of more values than one that fits.
 */
export function answerTo({ bases, axes, rare, last, own, idle }: Question): Answer {
  const of = numbersIn(own);
  const slack = slackOf(of);
  const scored = new Map<string, Scored>();
  let best = 0;
  const keep = (rule: Rule, matched: number): void => {
    best = Math.max(best, matched);
    scored.set(JSON.stringify(rule), { rule, matched });
  };
  const choicesOn = (rules: readonly Rule[]): readonly Choices[] =>
    rules.map((base) => ({ base, often: choicesOf(base, axes(base), own), seldom: choicesOf(base, rare, own) }));
  const combine = (choices: readonly Choices[], wrong: number): void => {
    for (const { base, often, seldom } of choices)
      for (const rule of combinations(base, wrong > RARELY ? often : [...often, ...seldom], wrong)) {
        const matched = matchedBy(
          partsOf(rule),
          own,
          of,
          wrong > FEW ? Math.max(best - slack, READ * of) : HALF * best,
          wrong > FEW,
        );
        if (matched !== undefined) keep(rule, matched);
      }
  };
  const choices = choicesOn(bases);
  const isOpen = (): boolean => best < of - 2 * slack;
  for (let wrong = 0; wrong <= FEW && best < of - slack; wrong++) combine(choices, wrong);
  const sought = soughtIn(own, (rule) => matchedBy(partsOf(rule), own, of, 0)!);
  const joint = isOpen() && last.length > 0 ? jointly(bases[0]!, idle, sought) : undefined;
  if (joint !== undefined) keep(joint, sought.score(joint));
  const nearest = (): readonly Rule[] =>
    [...scored.values()]
      .sort((a, b) => b.matched - a.matched)
      .slice(0, NEAREST)
      .map(({ rule }) => rule);
  if (isOpen()) {
    const beside = new Set([...bases.slice(0, 1), ...nearest(), ...combinations(bases[0]!, choices[0]!.often, 1)]);
    const numbers = (rule: Rule): Generator<Rule> => numbersBeside(rule, [...axes(rule), ...rare], idle, sought);
    for (const rule of beside) {
      for (const found of numbers(rule)) keep(found, sought.score(found));
      if (!isOpen()) break;
    }
  }
  const others = isOpen() ? choicesOn(last) : [];
  for (let wrong = 0; wrong <= FEW && isOpen(); wrong++) combine(others, wrong);
  // Who is wrong on some axes may round otherwise than the probes are predicted: a third one has to be worth more.
  for (let wrong = FEW + 1; wrong <= axes(bases[0]!).length && isOpen(); wrong++) combine(choices, wrong);
  const near = [...scored.values()].filter(({ matched }) => matched >= best - slack);
  const fewest = Math.min(...near.map(({ rule }) => size(rule)));
  const simple = near.filter(({ rule }) => size(rule) === fewest);
  const top = Math.max(...simple.map(({ matched }) => matched));
  const rules = simple.filter(({ matched }) => matched === top).slice(0, KEPT);
  return { rules: rules.map(({ rule }) => rule), share: of === 0 ? 1 : top / of };
}

/** A rule with a number that is read off, on each of these axes. */
function* numbersBeside(
  rule: Rule,
  axes: readonly AxisName[],
  idle: ReadonlySet<string>,
  sought: Sought,
): Generator<Rule> {
  for (const name of new Set(axes))
    for (const family of AXES[name].families as readonly Family[]) {
      if (rule[name] !== undefined || (family.fixes !== undefined && !idle.has(family.fixes))) continue;
      const found = solved(rule, AXES[name] as Axis, family, sought);
      if (found !== undefined) yield found;
    }
}

function numbersIn(seen: readonly Seen[]): number {
  return seen.reduce((sum, { actual }) => sum + actual.filter((x) => x !== undefined).length, 0);
}

/** A number that is NaN, or one rounded twice, does not decide. */
function slackOf(of: number): number {
  return Math.max(1, Math.floor(of * 0.01));
}

/** How many numbers a rule has; undefined as soon as it cannot have enough, or, screened, has too few of those of the first program. */
function matchedBy(
  parts: Parts,
  own: readonly Seen[],
  of: number,
  enough: number,
  screened: boolean = false,
): number | undefined {
  let left = of;
  let matched = 0;
  for (const { prepared, actual, keys, numbers } of own) {
    const parameters = { before: prepared.before, numbers };
    const count = matches(actual, predict(parts, EXPRESSION, prepared, keys), parameters);
    matched += count.matched;
    left -= count.of;
    if (matched + left < enough || (screened && matched < HALF * (of - left))) return undefined;
  }
  return matched;
}

/** A value on an axis. */
type Choice = readonly [name: AxisName, value: string];

/** The values that may be wrong over a base. */
interface Choices {
  readonly base: Rule;
  readonly often: readonly Choice[];
  readonly seldom: readonly Choice[];
}

/** The wrong values that make a difference to what a rule answers. */
function choicesOf(base: Rule, axes: readonly AxisName[], own: readonly Seen[]): readonly Choice[] {
  const answers = own.map(({ prepared, keys }) => predict(partsOf(base), EXPRESSION, prepared, keys));
  const differs = (rule: Rule): boolean =>
    own.some(({ prepared, keys }, i) => {
      const other = predict(partsOf(rule), EXPRESSION, prepared, keys);
      return other.some((x, j) => !Object.is(x, answers[i]![j]));
    });
  return axes
    .filter((name) => base[name] === undefined)
    .flatMap((name) => AXES[name].values.slice(1).map((value): Choice => [name, value.name]))
    .filter(([name, value]) => differs({ ...base, [name]: value }));
}

/** A rule made wrong on so many axes more, in every way. */
function* combinations(base: Rule, choices: readonly Choice[], wrong: number): Generator<Rule> {
  if (wrong === 0) return yield base;
  for (const [i, [name, value]] of choices.entries())
    if (base[name] === undefined) {
      const later = choices.slice(i + 1).filter(([other]) => other !== name);
      yield* combinations({ ...base, [name]: value }, later, wrong - 1);
    }
}

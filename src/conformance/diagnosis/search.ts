/**
 * Which rules compute what a port computed of the probes: stage by stage, the combinations of the values of a stage's axes.
 */
import type { Need } from '../../scenario/needs.ts';
import { matches } from './agreement.ts';
import type { Axis, AxisName, Family, Parts } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import { KINDS } from './kinds.ts';
import { type Prepared, predict, type StateKey, type Trajectory } from './predict.ts';
import { isOfDefault, type Probe, type Stage, STAGES } from './probes.ts';
import { partsOf, type Rule } from './rule.ts';
import { withoutEffect } from './sanity.ts';
import { type Sought, solved } from './solve.ts';

/** A probe, and what the port computed of it. */
export interface Answered {
  readonly probe: Probe;
  readonly prepared: Prepared;
  readonly actual: Trajectory;
  /** The same with these entries of state. */
  readonly stated: Trajectory;
  readonly keys: readonly StateKey[];
}

/** An answer as a stage looks at it. */
type Seen = Pick<Answered, 'prepared' | 'actual' | 'keys'>;

/** Stages in which state counts too; in others it decides between rules that have the same numbers. */
const STATED: readonly Stage[] = ['state', 'defaults'];

/** What the search found. */
export interface Found {
  /** Rules that no probe tells apart, the simplest ones first; more than one where claims allow no more. */
  readonly rules: readonly Rule[];
  /** The share of the probes' numbers that the first rule has. */
  readonly share: number;
}

/** Axes whose values show in the probes of the first stage too, though stages of their own decide them. */
export const RARE: readonly AxisName[] = ['used', 'zero', 'clip', 'maximize', 'lr', 'state'];

/** Axes of what some steps do otherwise; who makes no other steps has a rule without them. */
const WHERE_ALONE: readonly AxisName[] = ['centered_eps', 'centered_momentum', 'momentum_eps'];

/** On how many axes of a stage a rule is wrong at most, where rare axes are among them. */
const RARELY = 3;

/** Rules that are carried from stage to stage. */
const KEPT = 8;

/** The kind in which probes are predicted: what a port's own rounds away is within the tolerance. */
const EXPRESSION = KINDS.find(({ name }) => name === 'double-state')!;

/** Searches the rules that answer as the port did. */
export function search(answered: readonly Answered[], claims: ReadonlySet<Need>): Found {
  let rules: readonly Rule[] = [{}];
  const idle = new Set(withoutEffect(answered));
  for (const stage of Object.keys(STAGES) as Stage[]) {
    const own = answered.filter(({ probe }) => probe.of === stage);
    if (own.length === 0 || stage === 'sanity') continue;
    const seen = STATED.includes(stage) ? own.map(withState) : own.map(withoutState);
    if (stage === 'defaults') rules = rules.map((rule) => withDefaults(rule, own));
    else {
      const axes = STAGES[stage].filter((name) => AXES[name].needs.every((need) => claims.has(need)));
      rules = decided(stageOf(rules, axes, stage === 'plain' ? RARE : [], seen, idle), own.map(withState));
    }
  }
  const plain = rules.filter((rule) => !WHERE_ALONE.some((name) => rule[name] !== undefined));
  return { rules: plain.length > 0 ? plain : rules, share: shareIn(rules[0]!, answered) };
}

function withState({ prepared, stated, keys }: Answered): Seen {
  return { prepared, actual: stated, keys };
}

function withoutState({ prepared, actual }: Answered): Seen {
  return { prepared, actual, keys: [] };
}

/** The share of numbers that a rule has. */
export function shareIn(rule: Rule, answered: readonly Answered[]): number {
  return shareOf(rule, answered.map(withoutState));
}

function shareOf(rule: Rule, seen: readonly Seen[]): number {
  const of = numbersIn(seen);
  return of === 0 ? 1 : matchedBy(partsOf(rule), seen, of, 0)! / of;
}

function numbersIn(seen: readonly Seen[]): number {
  return seen.reduce((sum, { actual }) => sum + actual.filter((x) => x !== undefined).length, 0);
}

/** Of rules with the same numbers those with the most of the state. */
function decided(rules: readonly Rule[], seen: readonly Seen[]): readonly Rule[] {
  if (rules.length === 1) return rules;
  const shares = rules.map((rule) => shareOf(rule, seen));
  return rules.filter((_, i) => shares[i] === Math.max(...shares));
}

interface Scored {
  readonly rule: Rule;
  readonly matched: number;
}

/**
 * The simplest combinations of values that have the most of the numbers, on top of rules: those of one value before those of two, and
 * none of more values than one that fits.
 */
function stageOf(
  bases: readonly Rule[],
  axes: readonly AxisName[],
  rare: readonly AxisName[],
  own: readonly Seen[],
  idle: ReadonlySet<string>,
): readonly Rule[] {
  const of = numbersIn(own);
  const slack = slackOf(of);
  const choices = bases.map((base) => [base, choicesOf(base, axes, own), choicesOf(base, rare, own)] as const);
  let best = 0;
  const scored: Scored[] = [];
  // Who is wrong on some axes may round otherwise than the probes are predicted: a third one has to be worth more.
  for (let wrong = 0; wrong <= axes.length && best < of - (wrong > 2 ? 2 * slack : slack); wrong++)
    for (const [base, often, seldom] of choices)
      for (const rule of combinations(base, wrong > RARELY ? often : [...often, ...seldom], wrong)) {
        const matched = matchedBy(partsOf(rule), own, of, best - slack);
        if (matched === undefined) continue;
        best = Math.max(best, matched);
        scored.push({ rule, matched });
      }
  const tried = (rule: Rule): boolean => scored.some((other) => JSON.stringify(other.rule) === JSON.stringify(rule));
  if (best < of - 2 * slack) {
    const [base, often, seldom] = choices[0]!;
    const numbers = [...read(base, [...axes, ...rare], often, seldom, own, idle)].filter(({ rule }) => !tried(rule));
    best = Math.max(best, ...numbers.map(({ matched }) => matched));
    scored.push(...numbers);
  }
  const near = scored.filter(({ matched }) => matched >= best - slack);
  const fewest = Math.min(...near.map(({ rule }) => size(rule)));
  const simple = near.filter(({ rule }) => size(rule) === fewest);
  const top = Math.max(...simple.map(({ matched }) => matched));
  return simple
    .filter(({ matched }) => matched === top)
    .slice(0, KEPT)
    .map(({ rule }) => rule);
}

/** On how many other axes of a stage a rule may be wrong whose number is read off, where an option that has no effect asks for it. */
const BESIDE = 2;

/** Rules with a number that is read off, on one of these axes, each better than those before. */
function* read(
  base: Rule,
  axes: readonly AxisName[],
  often: readonly Choice[],
  seldom: readonly Choice[],
  own: readonly Seen[],
  idle: ReadonlySet<string>,
): Generator<Scored> {
  const of = numbersIn(own);
  const sought = soughtIn(own, (rule) => matchedBy(partsOf(rule), own, of, 0)!);
  const families = axes
    .filter((name) => base[name] === undefined)
    .flatMap((name) => AXES[name].families.map((family) => [AXES[name] as Axis, family as Family] as const))
    .filter(([, { fixes }]) => fixes === undefined || idle.has(fixes));
  let best = 0;
  for (let wrong = 0; wrong <= BESIDE && best < of - 2 * slackOf(of); wrong++)
    for (const rule of combinations(base, wrong > 1 ? often : [...often, ...seldom], wrong))
      for (const [axis, family] of families) {
        if (rule[axis.name] !== undefined || (family.fixes === undefined && wrong > 1)) continue;
        const found = solved(rule, axis, family, sought);
        const matched = found === undefined ? 0 : sought.score(found);
        if (matched <= best) continue;
        best = matched;
        yield { rule: found!, matched };
      }
}

function soughtIn(own: readonly Seen[], score: Sought['score']): Sought {
  return {
    answers: own.map(({ prepared, actual, keys }) => ({
      actual,
      predicted: (rule) => predict(partsOf(rule), EXPRESSION, prepared, keys),
    })),
    score,
  };
}

/** A number that is NaN, or one rounded twice, does not decide. */
function slackOf(of: number): number {
  return Math.max(1, Math.floor(of * 0.01));
}

/** How many numbers a rule has; undefined as soon as it cannot have enough. */
function matchedBy(parts: Parts, own: readonly Seen[], of: number, enough: number): number | undefined {
  let left = of;
  let matched = 0;
  for (const { prepared, actual, keys } of own) {
    const count = matches(actual, predict(parts, EXPRESSION, prepared, keys));
    matched += count.matched;
    left -= count.of;
    if (matched + left < enough) return undefined;
  }
  return matched;
}

/** A value on an axis. */
type Choice = readonly [name: AxisName, value: string];

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

/** On how many axes a rule is wrong. */
export function size(rule: Rule): number {
  return Object.keys(rule).length;
}

/** By how much a share has to be larger. */
const LARGER = 0.05;

/** Defaults are read off one by one: a value whose probes the rule then has. */
function withDefaults(rule: Rule, own: readonly Answered[]): Rule {
  let found = rule;
  for (const name of Object.keys(AXES) as AxisName[]) {
    const option = /^default_(.*)$/.exec(name)?.[1];
    const answered = own.filter(({ probe }) => isOfDefault(probe, option ?? '')).map(withState);
    if (option === undefined || answered.length === 0) continue;
    const larger = (a: Rule, b: Rule): Rule => (shareOf(b, answered) > shareOf(a, answered) + LARGER ? b : a);
    const base = found;
    found = AXES[name].values
      .slice(1)
      .map((value): Rule => ({ ...base, [name]: value.name }))
      .reduce(larger, base);
    if (shareOf(found, answered) > 1 - LARGER) continue;
    const sought = soughtIn(answered, (tried) => shareOf(tried, answered));
    found = AXES[name].families
      .flatMap((family) => solved(base, AXES[name] as Axis, family as Family, sought) ?? [])
      .reduce(larger, found);
  }
  return found;
}

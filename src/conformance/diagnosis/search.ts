/**
 * Which rules compute what a port computed of the probes: stage by stage, the combinations of the values of a stage's axes.
 */
import type { Need } from '../../scenario/needs.ts';
import { matches } from './agreement.ts';
import type { AxisName, Parts } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import { KINDS } from './kinds.ts';
import { type Prepared, predict, type StateKey, type Trajectory } from './predict.ts';
import { ofDefault, type Probe, type Stage, STAGES } from './probes.ts';
import { partsOf, type Rule } from './rule.ts';

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
const RARE: readonly AxisName[] = ['clip', 'maximize', 'lr', 'state'];

/** On how many axes of a stage a rule is wrong at most, where rare axes are among them. */
const RARELY = 3;

/** Rules that are carried from stage to stage. */
const KEPT = 8;

/** The kind in which probes are predicted: what a port's own rounds away is within the tolerance. */
const EXPRESSION = KINDS.find(({ name }) => name === 'double-state')!;

/** Searches the rules that answer as the port did. */
export function search(answered: readonly Answered[], claims: ReadonlySet<Need>): Found {
  let rules: readonly Rule[] = [{}];
  for (const stage of Object.keys(STAGES) as Stage[]) {
    const own = answered.filter(({ probe }) => probe.of === stage);
    if (own.length === 0 || stage === 'sanity') continue;
    const seen = STATED.includes(stage) ? own.map(withState) : own.map(withoutState);
    if (stage === 'defaults') rules = rules.map((rule) => withDefaults(rule, own));
    else {
      const axes = STAGES[stage].filter((name) => AXES[name].needs.every((need) => claims.has(need)));
      rules = decided(stageOf(rules, axes, stage === 'plain' ? RARE : [], seen), own.map(withState));
    }
  }
  return { rules, share: shareIn(rules[0]!, answered) };
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
): readonly Rule[] {
  const of = numbersIn(own);
  // One number that is NaN, or rounded twice, does not decide.
  const slack = Math.max(1, Math.floor(of * 0.01));
  const choices = bases.map((base) => [base, choicesOf(base, axes, own), choicesOf(base, rare, own)] as const);
  let best = 0;
  const scored: Scored[] = [];
  for (let wrong = 0; wrong <= axes.length && best < of - slack; wrong++)
    for (const [base, often, seldom] of choices)
      for (const rule of combinations(base, wrong > RARELY ? often : [...often, ...seldom], wrong)) {
        const matched = matchedBy(partsOf(rule), own, of, best - slack);
        if (matched === undefined) continue;
        best = Math.max(best, matched);
        scored.push({ rule, matched });
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

/** Defaults are read off one by one: a value whose probe the rule then has. */
function withDefaults(rule: Rule, own: readonly Answered[]): Rule {
  let found = rule;
  for (const name of Object.keys(AXES) as AxisName[]) {
    const option = /^default_(.*)$/.exec(name)?.[1];
    const answered = own.filter(({ probe }) => probe.name === ofDefault(option ?? '')).map(withState);
    if (option === undefined || answered.length === 0) continue;
    const best = AXES[name].values
      .map((value, i) => ({ value, i, share: shareOf(i === 0 ? found : { ...found, [name]: value.name }, answered) }))
      .reduce((a, b) => (b.share > a.share + 0.05 ? b : a));
    if (best.i > 0) found = { ...found, [name]: best.value.name };
  }
  return found;
}

/**
 * Which rules compute what a port computed of the probes: stage by stage, every combination of the values of a stage's axes.
 */
import type { Need } from '../../scenario/needs.ts';
import { matches } from './agreement.ts';
import { AXES, type AxisName, type Parts } from './axes.ts';
import { type Kind, KINDS } from './kinds.ts';
import { type Prepared, predict, type Trajectory } from './predict.ts';
import { ofDefault, type Probe, type Stage, STAGES } from './probes.ts';
import { partsOf, type Rule } from './rule.ts';

/** A probe, and what the port computed of it. */
export interface Answered {
  readonly probe: Probe;
  readonly prepared: Prepared;
  readonly actual: Trajectory;
}

/** What the search found. */
export interface Found {
  /** Rules that no probe tells apart, the simplest ones first; more than one where claims allow no more. */
  readonly rules: readonly Rule[];
  /** The share of the probes' numbers that the first rule has. */
  readonly share: number;
}

/** Axes that are tried one at a time where no combination of the first stage fits. */
const RARE: readonly AxisName[] = ['clip', 'maximize', 'lr', 'state'];

/** Rules that are carried from stage to stage. */
const KEPT = 4;

/** A rule that has this share of a stage's numbers fits. */
const FITS = 0.97;

/** The kind in which probes are predicted: what a port's own rounds away is within the tolerance. */
const EXPRESSION = KINDS.find(({ name }) => name === 'double-state')!;

/** Searches the rules that answer as the port did. */
export function search(answered: readonly Answered[], claims: ReadonlySet<Need>): Found {
  let rules: readonly Rule[] = [{}];
  for (const stage of Object.keys(STAGES) as Stage[]) {
    const own = answered.filter(({ probe }) => probe.of === stage);
    if (own.length === 0 || stage === 'sanity') continue;
    if (stage === 'defaults') rules = rules.map((rule) => withDefaults(rule, own));
    else {
      const axes = STAGES[stage].filter((name) => AXES[name].needs.every((need) => claims.has(need)));
      rules = stageOf(rules, axes, own);
      if (stage === 'plain' && shareIn(rules[0]!, own) < FITS) rules = rarely(rules, axes, own);
    }
  }
  return { rules, share: shareIn(rules[0]!, answered) };
}

/** The share of numbers that a rule has. */
export function shareIn(rule: Rule, answered: readonly Answered[], kind: Kind = EXPRESSION): number {
  const counts = answered.map(({ prepared, actual }) => matches(actual, predict(partsOf(rule), kind, prepared, false)));
  const of = counts.reduce((sum, count) => sum + count.of, 0);
  return of === 0 ? 1 : counts.reduce((sum, count) => sum + count.matched, 0) / of;
}

function rarely(found: readonly Rule[], axes: readonly AxisName[], own: readonly Answered[]): readonly Rule[] {
  const bases = RARE.flatMap((name) => AXES[name].values.slice(1).map((value): Rule => ({ [name]: value.name })));
  const tried = [found, ...bases.map((base) => stageOf([base], axes, own))];
  return tried.reduce((best, rules) => (shareIn(rules[0]!, own) > shareIn(best[0]!, own) + 0.01 ? rules : best));
}

interface Scored {
  readonly rule: Rule;
  readonly matched: number;
}

/** The best combinations of some axes on top of rules. */
function stageOf(bases: readonly Rule[], axes: readonly AxisName[], own: readonly Answered[]): readonly Rule[] {
  const of = own.reduce((sum, { actual }) => sum + actual.filter((x) => x !== undefined).length, 0);
  // One number that is NaN, or rounded twice, does not decide.
  const slack = Math.max(1, Math.floor(of * 0.01));
  let best = 0;
  const scored: Scored[] = [];
  for (const base of bases)
    for (const rule of combinations(base, axes)) {
      const matched = matchedBy(partsOf(rule), own, of, best - slack);
      if (matched === undefined) continue;
      best = Math.max(best, matched);
      scored.push({ rule, matched });
    }
  const near = scored.filter(({ matched }) => matched >= best - slack);
  near.sort((a, b) => size(a.rule) - size(b.rule) || b.matched - a.matched);
  const simple: Scored[] = [];
  for (const one of near) if (!simple.some((other) => within(other.rule, one.rule))) simple.push(one);
  const fewest = simple.filter(({ rule }) => size(rule) === size(simple[0]!.rule));
  const top = Math.max(...fewest.map(({ matched }) => matched));
  return fewest
    .filter(({ matched }) => matched === top)
    .slice(0, KEPT)
    .map(({ rule }) => rule);
}

/** How many numbers a rule has; undefined as soon as it cannot have enough. */
function matchedBy(parts: Parts, own: readonly Answered[], of: number, enough: number): number | undefined {
  let left = of;
  let matched = 0;
  for (const { prepared, actual } of own) {
    const count = matches(actual, predict(parts, EXPRESSION, prepared, false));
    matched += count.matched;
    left -= count.of;
    if (matched + left < enough) return undefined;
  }
  return matched;
}

function* combinations(base: Rule, axes: readonly AxisName[]): Generator<Rule> {
  const [name, ...rest] = axes;
  if (name === undefined) return yield base;
  if (base[name] !== undefined) return yield* combinations(base, rest);
  for (const [i, value] of AXES[name].values.entries())
    yield* combinations(i === 0 ? base : { ...base, [name]: value.name }, rest);
}

/** On how many axes a rule is wrong. */
export function size(rule: Rule): number {
  return Object.keys(rule).length;
}

/** Whether one rule is wrong wherever another is, and in the same way. */
function within(small: Rule, large: Rule): boolean {
  return Object.entries(small).every(([name, value]) => large[name as AxisName] === value);
}

/** Defaults are read off one by one: a value whose probe the rule then has. */
function withDefaults(rule: Rule, own: readonly Answered[]): Rule {
  let found = rule;
  for (const name of Object.keys(AXES) as AxisName[]) {
    const option = /^default_(.*)$/.exec(name)?.[1];
    const answered = own.filter(({ probe }) => probe.name === ofDefault(option ?? ''));
    if (option === undefined || answered.length === 0) continue;
    const best = AXES[name].values
      .map((value, i) => ({ value, i, share: shareIn(i === 0 ? found : { ...found, [name]: value.name }, answered) }))
      .reduce((a, b) => (b.share > a.share + 0.05 ? b : a));
    if (best.i > 0) found = { ...found, [name]: best.value.name };
  }
  return found;
}

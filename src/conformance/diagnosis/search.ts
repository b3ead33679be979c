/**
 * Which rules compute what a port computed of the probes: stage by stage, each on top of what those before have found.
 */
import type { Need } from '../../scenario/needs.ts';
import type { Axis, AxisName, Family } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import type { Prepared, StateKey, Trajectory } from './predict.ts';
import { isOfDefault, type Probe, type Stage, STAGES } from './probes.ts';
import type { Rule } from './rule.ts';
import { withoutEffect } from './sanity.ts';
import { solved } from './solve.ts';
import { answerTo, READ, type Seen, shareOf, soughtIn } from './stage.ts';

/** A probe, and what the port computed of it. */
export interface Answered {
  readonly probe: Probe;
  readonly prepared: Prepared;
  readonly actual: Trajectory;
  /** The same with these entries of state. */
  readonly stated: Trajectory;
  readonly keys: readonly StateKey[];
}

/** Stages in which state counts too; in others it decides between rules that have the same numbers. */
const STATED: readonly Stage[] = ['state', 'defaults'];

/** What the search found. */
export interface Found {
  /** Rules that no probe tells apart, the simplest ones first; more than one where claims allow no more. */
  readonly rules: readonly Rule[];
  /** The share of the probes' numbers that the first rule has. */
  readonly share: number;
  /** Stages in which no rule has the numbers, on which the rules say nothing; after the first there are no others. */
  readonly open: readonly Stage[];
}

/** Axes whose values show in the probes of the first stage too, though stages of their own decide them. */
export const RARE: readonly AxisName[] = [
  ...(['used', 'zero', 'clip', 'maximize', 'lr', 'state', 'schedule', 'limit', 'scale'] as const),
  ...(['always_centered', 'fixed_momentum'] as const),
];

/** Axes of what some steps do otherwise; who makes no other steps has a rule without them. */
const WHERE_ALONE: readonly AxisName[] = ['centered_eps', 'centered_momentum', 'momentum_eps'];

/** What a rule of the first stage may be built upon where nothing else fits: beside it other values show. */
const ALWAYS: readonly Rule[] = [{ fixed_momentum: 'at-0.9' }, { count: 'doubled' }];

/** What probes need that are of no use after a stage that no rule fits. */
const NEEDED: Readonly<Partial<Record<Stage, readonly Need[]>>> = {
  lr: ['lr-change'],
  decay: ['weight_decay', 'maximize'],
  centered: ['centered'],
  momentum: ['momentum'],
};

/**
 * A stage after the first is left open where no rule has this share of its numbers. One program of six may show what no axis is about, such as
 * gradients that a step sets to zero.
 */
const LEAST = 0.8;

/** Searches the rules that answer as the port did. */
export function search(answered: readonly Answered[], claims: ReadonlySet<Need>): Found {
  let rules: readonly Rule[] = [{}];
  const open: Stage[] = [];
  // What no rule is known of hides what else a program would tell.
  const unread = new Set<Need>();
  // Of an option that is not there nobody knows what it is fixed at.
  const idle = new Set([...withoutEffect(answered), ...(claims.has('momentum') ? [] : ['momentum'])]);
  for (const stage of Object.keys(STAGES) as Stage[]) {
    const own = answered.filter(({ probe }) => probe.of === stage && !probe.needs.some((need) => unread.has(need)));
    if (own.length === 0 || stage === 'sanity') continue;
    const seen = STATED.includes(stage) ? own.map(withState) : own.map(withoutState);
    if (stage === 'defaults') {
      rules = rules.map((rule) => withDefaults(rule, own));
      continue;
    }
    const first = stage === 'plain';
    const found = answerTo({
      ...{ bases: rules, own: seen, idle, rare: first ? RARE : [], last: first ? ALWAYS : [] },
      axes: (base) => axesOf(stage, base, claims),
    });
    if (found.share < (first ? READ : LEAST)) {
      open.push(stage);
      for (const need of NEEDED[stage] ?? []) unread.add(need);
    } else rules = decided(found.rules, own.map(withState));
    if (open.includes('plain')) break;
  }
  const plain = rules.filter((rule) => !WHERE_ALONE.some((name) => rule[name] !== undefined));
  return { rules: plain.length > 0 ? plain : rules, share: shareIn(rules[0]!, answered), open };
}

/** The axes of a stage: those that claims allow, and momentum where there is one that nobody asked for. */
function axesOf(stage: Stage, base: Rule, claims: ReadonlySet<Need>): readonly AxisName[] {
  const own = STAGES[stage].filter((name) => AXES[name].needs.every((need) => claims.has(need)));
  return base.fixed_momentum !== undefined && (stage === 'plain' || stage === 'lr') ? [...own, 'momentum'] : own;
}

function withState({ prepared, actual, stated, keys }: Answered): Seen {
  return { prepared, actual: stated, keys, numbers: actual.length };
}

function withoutState({ prepared, actual }: Answered): Seen {
  return { prepared, actual, keys: [], numbers: actual.length };
}

/** The share of numbers that a rule has. */
export function shareIn(rule: Rule, answered: readonly Answered[]): number {
  return shareOf(rule, answered.map(withoutState));
}

/** Of rules with the same numbers those with the most of the state. */
function decided(rules: readonly Rule[], seen: readonly Seen[]): readonly Rule[] {
  if (rules.length === 1) return rules;
  const shares = rules.map((rule) => shareOf(rule, seen));
  return rules.filter((_, i) => shares[i] === Math.max(...shares));
}

/** By how much a share has to be larger than PyTorch's. */
const LARGER = 0.05;

/** Defaults are read off one by one: a value whose probes the rule then has. */
function withDefaults(rule: Rule, own: readonly Answered[]): Rule {
  let found = rule;
  for (const name of Object.keys(AXES) as AxisName[]) {
    const option = /^default_(.*)$/.exec(name)?.[1];
    const answered = own.filter(({ probe }) => isOfDefault(probe, option ?? '')).map(withState);
    if (option === undefined || answered.length === 0) continue;
    const base = found;
    const larger = (a: Rule, b: Rule): Rule =>
      shareOf(b, answered) > shareOf(a, answered) + (a === base ? LARGER : 0) ? b : a;
    found = AXES[name].values
      .slice(1)
      .map((value): Rule => ({ ...base, [name]: value.name }))
      .reduce(larger, base);
    if (shareOf(found, answered) === 1) continue;
    const sought = soughtIn(answered, (tried) => shareOf(tried, answered));
    found = AXES[name].families
      .flatMap((family) => solved(base, AXES[name] as Axis, family as Family, sought) ?? [])
      .reduce(larger, found);
  }
  return found;
}

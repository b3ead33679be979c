/**
 * What is wrong with a port that fails: the rule that it computes, in words, and how much of the failures that explains.
 */
import { AdapterError } from '../../scenario/adapter-error.ts';
import type { Case } from '../../golden/types.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Observation, Value } from '../../scenario/types.ts';
import { lostInResuming } from '../../subject/resuming.ts';
import type { Subject } from '../../subject/subject.ts';
import type { CaseResult } from '../verdicts.ts';
import { type Axis, type AxisName, valueOf } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import { type Blamed, blamed } from './blame.ts';
import { type Cause, causeOf, causesOf, type Plainness, plainnessOf } from './causes.ts';
import { better, countExplained, explainsInSome, type FailedCase, type Held, hold, kindOf, MOST } from './confirm.ts';
import type { Kind } from './kinds.ts';
import { matches } from './agreement.ts';
import { dialectsOf } from './dialects.ts';
import { evenly } from './evenly.ts';
import { observedNumbers, prepare, stateKeysOf, type Trajectory } from './predict.ts';
import { probesFor, type Stage } from './probes.ts';
import { restOf } from './rest.ts';
import type { Rule } from './rule.ts';
import { float32State } from './half-state.ts';
import { size } from './stage.ts';
import { insanity, isEffect, leavesNothing } from './sanity.ts';
import { type Answered, search, shareIn } from './search.ts';
import { toldDefaults } from './told.ts';

/** A rule in words. */
export interface NamedRule {
  readonly axes: readonly {
    readonly axis: AxisName;
    readonly value: string;
    readonly says: string;
    readonly clauses: readonly string[];
  }[];
  /** Packages whose rule it is, as "Keras 3.15.1". */
  readonly dialects: readonly string[];
  /** The code path of a port that has two, where only this one computes the rule: "foreach=False". */
  readonly path?: string;
}

/** What a diagnosis looks at. */
export type Looked = 'cases' | 'fresh programs';

/** What the diagnosis found. */
export interface Diagnosis {
  /** What is wrong before any rule, as sentences. */
  readonly sanity: readonly string[];
  /**
   * The rules, any of which the port may compute: its claims allow no program that tells them apart; or one for each of its paths. None
   * where none fits.
   */
  readonly rules: readonly NamedRule[];
  /** What a port does of which no rule is known, beside the rules: "with momentum". */
  readonly open: readonly string[];
  /** What could be read off where no rule is known at all, each after "the port". */
  readonly told: readonly string[];
  /** Whether numbers fail and no known rule explains them. */
  readonly unknown: boolean;
  /** The kind of arithmetic that the first of them has most of the port's bits in. */
  readonly kind?: string;
  /** What was looked at: failed cases, or fresh programs where no case failed. */
  readonly looked: Looked;
  /** Failed ones that the rules explain, of those that rules can be held against: numbers of programs that they can run. */
  readonly explained: number;
  readonly held: number;
  /** All that failed. */
  readonly failed: number;
  /** Those that failed and are not explained, by id. */
  readonly unexplained: readonly string[];
  /** Causes of the failed cases that no rule explains; of all failed cases where there is no rule. */
  readonly causes: readonly Cause[];
  /** The clauses to blame, where no rule explains the failures. */
  readonly clauses: readonly Blamed[];
  /** How far from plain each of the failed cases is. */
  readonly plainness: Plainness;
}

/** Cases on which a rule is bettered, and its kind chosen. */
const SAMPLE = 10;

/** Stages that no rule fits, in words. */
const OPEN: readonly (readonly [Stage, string])[] = [
  ['lr', 'when lr changes'],
  ['decay', 'with weight_decay or maximize'],
  ['centered', 'when centered'],
  ['momentum', 'with momentum'],
  ['both', 'with momentum when centered'],
  ['state', 'with several tensors or absent gradients'],
  ['groups', 'with groups'],
];

/** A rule with this share of the probes' numbers is the port's, whatever else fails. */
const FITS = 0.95;

/** Options of a probe that choose the other path of a port that has two. */
const FOREACH = { foreach: true } as const;

/**
 * Diagnoses a subject that failed: it is asked the probes that its claims allow, through its public interface.
 *
 * @param results of all cases of the run
 * @param failed those that failed, with what was observed
 * @param looked what they are
 */
export async function diagnose(
  subject: Subject,
  results: readonly CaseResult[],
  failed: readonly FailedCase[],
  looked: Looked = 'cases',
): Promise<Diagnosis> {
  const claims: ReadonlySet<Need> = new Set(subject.supports);
  const plainness = plainnessOf(failed.map((one) => one.case));
  const keys = stateKeysOf(claims);
  const held = failed.flatMap((one) => hold(one, keys) ?? []);
  // Where nothing failed there is no rule to find, and a port that hung may hang again.
  const answered = failed.length > 0 ? await ask(subject, claims, claims.has('foreach') ? { foreach: false } : {}) : [];
  const insane = insanity(answered, await again(subject, answered));
  const found = leavesNothing(insane) ? [] : await rulesOf(subject, answered, held, claims);
  const named = found.map(({ rule, path }) => inWords(rule, path, claims));
  const explained = new Set(
    held.filter((one) => found.some(({ rule, kind }) => explainsInSome(rule, kind, one))).map(({ id }) => id),
  );
  const halves = float32State(failed);
  // What a rule says of an option that has no effect need not be said twice.
  const sanity = [
    ...(found.length > 0 ? insane.filter((finding) => !isEffect(finding)) : insane),
    ...(halves === undefined ? [] : [halves]),
    ...(failed.length > 0 ? await resumptionOf(subject) : []),
  ];
  const others = results.filter(
    ({ id, verdict }) => verdict === 'broken' || (verdict === 'failed' && !explained.has(id)),
  );
  const unknown = found.length === 0 && held.length > 0 && answered.length > 0;
  const told = unknown && !leavesNothing(insane) ? await toldDefaults(answered, numbersOf(subject)) : [];
  const isOpen = (stage: Stage): boolean => found.some(({ open }) => open.includes(stage));
  const left = new Map(
    held.flatMap((one): [string, string][] => {
      const words =
        found.length === 0 || explained.has(one.id) ? undefined : restOf(found[0]!.rule, found[0]!.kind, one);
      return words === undefined ? [] : [[one.id, words]];
    }),
  );
  const most = explained.size * 2 >= failed.length && found.length > 0;
  return {
    ...{ sanity, rules: named, open: OPEN.flatMap(([stage, words]) => (isOpen(stage) ? [words] : [])), unknown, told },
    ...(found.length === 0 ? {} : { kind: found[0]!.kind.name }),
    ...{ looked, explained: explained.size, held: held.length, failed: failed.length },
    unexplained: failed.map((one) => one.case.id).filter((id) => !explained.has(id)),
    causes: causesOf(others, plainness, (result) => left.get(result.id) ?? causeOf(result)),
    clauses: most ? [] : blamed(results.filter(({ id }) => !explained.has(id))),
    plainness,
  };
}

/** @param path options that choose a path of the port */
async function ask(
  subject: Subject,
  claims: ReadonlySet<Need>,
  path: Readonly<Record<string, Value>>,
): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  const keys = stateKeysOf(claims);
  for (const probe of probesFor(claims, subject.fixed, path)) {
    const observations = await answerTo(subject, probe.scenario);
    const [actual, stated] = [[], keys].map((some) => observedNumbers(probe.scenario, observations, some));
    if (actual!.some((x) => x !== undefined))
      answered.push({ probe, prepared: prepare(probe.scenario)!, actual: actual!, stated: stated!, keys });
  }
  return answered;
}

/** What a port answers, parameters alone. */
function numbersOf(subject: Subject): (scenario: Case['scenario']) => Promise<Trajectory> {
  return async (scenario) => observedNumbers(scenario, await answerTo(subject, scenario));
}

/** The first probe once more, after all others. */
async function again(subject: Subject, answered: readonly Answered[]): Promise<Trajectory | undefined> {
  const first = answered.find(({ probe }) => probe.name === 'mixed');
  return first && (await numbersOf(subject)(first.probe.scenario));
}

/** What a port that claims to resume loses; nothing where the adapter broke, as the run has said so. */
async function resumptionOf(subject: Subject): Promise<readonly string[]> {
  if (!subject.supports.includes('resume')) return [];
  try {
    return await lostInResuming(subject);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return [];
  }
}

/** Nothing where the adapter broke: the run has said so. */
async function answerTo(subject: Subject, scenario: Case['scenario']): Promise<readonly Observation[]> {
  try {
    return await subject.run(scenario);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return [];
  }
}

/** A rule that a port computes, in one of its paths if they differ, and in which kind of arithmetic. */
interface Computed {
  readonly rule: Rule;
  readonly kind: Kind;
  readonly path?: string;
  readonly open: readonly Stage[];
}

/** The rules of a port: those of each path where it has two that answer otherwise. */
async function rulesOf(
  subject: Subject,
  answered: readonly Answered[],
  held: readonly Held[],
  claims: ReadonlySet<Need>,
): Promise<readonly Computed[]> {
  if (!claims.has('foreach')) return rulesIn(answered, held, claims);
  const lists = await ask(subject, claims, FOREACH);
  if (answerAlike(answered, lists)) return rulesIn(answered, held, claims);
  const paths = [['foreach=False', answered] as const, ['foreach=True', lists] as const];
  // A path that is right is wrong nowhere, and none of its rules is named.
  return paths.flatMap(([path, own]) =>
    rulesIn(own, [], claims)
      .slice(0, 1)
      .map((computed) => ({ ...computed, path })),
  );
}

function answerAlike(one: readonly Answered[], other: readonly Answered[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ actual }, i) => {
      const { matched, of } = matches(actual, other[i]!.actual);
      return matched === of;
    })
  );
}

function rulesIn(answered: readonly Answered[], held: readonly Held[], claims: ReadonlySet<Need>): readonly Computed[] {
  if (answered.length === 0) return [];
  const found = search(answered, claims);
  const sample = evenly(held, SAMPLE);
  const kind = kindOf(found.rules[0]!, sample);
  const rules = [...found.rules].sort((a, b) => countExplained(b, kind, sample) - countExplained(a, kind, sample));
  const { open, share } = found;
  if (open.length > 0 && !open.includes('plain')) return rules.map((rule) => ({ rule, kind, open }));
  const improved = share >= FITS ? rules[0]! : better(rules[0]!, kind, sample, claims);
  const all = improved === rules[0] ? rules : [improved];
  const fits =
    shareIn(all[0]!, answered) >= FITS ||
    (sample.length > 0 && countExplained(all[0]!, kind, sample) >= MOST * sample.length);
  return size(all[0]!) > 0 && fits ? all.map((rule) => ({ rule, kind, open: [] })) : [];
}

function inWords(rule: Rule, path: string | undefined, claims: ReadonlySet<Need>): NamedRule {
  const axes = Object.entries(rule).map(([name, value]) => {
    const axis = name as AxisName;
    return { axis, value, says: valueOf(AXES[axis] as Axis, value).says, clauses: AXES[axis].clauses };
  });
  const dialects = dialectsOf(rule, claims).map(({ name, version }) => `${name} ${version}`);
  return { axes, dialects, ...(path === undefined ? {} : { path }) };
}

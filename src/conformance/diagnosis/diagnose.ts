/**
 * What is wrong with a port that fails: the rule that it computes, in words, and how much of the failures that explains.
 */
import { AdapterError } from '../../scenario/adapter-error.ts';
import type { Case } from '../../golden/types.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Observation } from '../../scenario/types.ts';
import { lostInResuming } from '../../subject/resuming.ts';
import type { Subject } from '../../subject/subject.ts';
import type { CaseResult } from '../verdicts.ts';
import type { AxisName } from './axes/axis.ts';
import { AXES } from './axes/table.ts';
import { type Blamed, blamed } from './blame.ts';
import { type Cause, causesOf, type Plainness, plainnessOf } from './causes.ts';
import { better, countExplained, explains, type FailedCase, type Held, hold, kindOf } from './confirm.ts';
import { dialectsOf } from './dialects.ts';
import { observedNumbers, prepare, stateKeysOf, type Trajectory } from './predict.ts';
import { probesFor } from './probes.ts';
import type { Rule } from './rule.ts';
import { float32State } from './half-state.ts';
import { insanity, leavesNothing } from './sanity.ts';
import { type Answered, search, shareIn, size } from './search.ts';

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
}

/** What the diagnosis found. */
export interface Diagnosis {
  /** What is wrong before any rule, as sentences. */
  readonly sanity: readonly string[];
  /** The rules, any of which the port may compute: its claims allow no program that tells them apart. None where none fits. */
  readonly rules: readonly NamedRule[];
  /** The kind of arithmetic that the first of them has most of the port's bits in. */
  readonly kind?: string;
  /** Failed cases that the rule explains, of those that were looked at. */
  readonly explained: number;
  readonly looked: number;
  /** Those that were looked at and are not explained, by id. */
  readonly unexplained: readonly string[];
  /** Causes of the failed cases that no rule explains, of those that were looked at; of all failed cases where there is no rule. */
  readonly causes: readonly Cause[];
  /** The clauses to blame, where no rule explains the failures. */
  readonly clauses: readonly Blamed[];
  /** How far from plain each of the failed cases is. */
  readonly plainness: Plainness;
}

/** Failed cases that are looked at; more say no more. */
const LOOKED = 200;

/** Cases on which a rule is bettered, and its kind chosen. */
const SAMPLE = 10;

/** A rule with this share of the probes' numbers is the port's, whatever else fails. */
const FITS = 0.95;

/** A rule is named too that explains this share of the failed cases in which numbers differ. */
const MOST = 0.8;

/**
 * Diagnoses a subject that failed: it is asked the probes that its claims allow, through its public interface.
 *
 * @param results of all cases of the run
 * @param failed those that failed, with what was observed
 */
export async function diagnose(
  subject: Subject,
  results: readonly CaseResult[],
  failed: readonly FailedCase[],
): Promise<Diagnosis> {
  const claims: ReadonlySet<Need> = new Set(subject.supports);
  const plainness = plainnessOf(failed.map((one) => one.case));
  // Where nothing failed there is no rule to find, and a port that hung may hang again.
  const answered = failed.length > 0 ? await ask(subject, claims) : [];
  const halves = float32State(failed);
  const sanity = [
    ...insanity(answered, await again(subject, answered)),
    ...(halves === undefined ? [] : [halves]),
    ...(failed.length > 0 ? await resumptionOf(subject) : []),
  ];
  const keys = stateKeysOf(claims);
  const looked = evenly(failed, LOOKED);
  const held = looked.flatMap((one) => hold(one, keys) ?? []);
  const found = leavesNothing(sanity) ? undefined : rulesOf(answered, held, claims);
  if (found === undefined) {
    const causes = causesOf(results, plainness);
    const unexplained = looked.map((one) => one.case.id);
    return {
      sanity,
      rules: [],
      explained: 0,
      looked: looked.length,
      unexplained,
      causes,
      clauses: blamed(results),
      plainness,
    };
  }
  const { rules, kind } = found;
  const explained = new Set(held.filter((one) => explains(rules[0]!, kind, one)).map(({ id }) => id));
  const ids = new Set(looked.map((one) => one.case.id));
  const others = results.filter(({ id, verdict }) => verdict === 'broken' || (ids.has(id) && !explained.has(id)));
  const most = explained.size * 2 >= looked.length;
  return {
    sanity,
    rules: rules.map((rule) => named(rule, claims)),
    kind: kind.name,
    ...{ explained: explained.size, looked: looked.length },
    unexplained: [...ids].filter((id) => !explained.has(id)),
    causes: causesOf(others, plainness),
    clauses: most ? [] : blamed(results.filter(({ id }) => !explained.has(id))),
    plainness,
  };
}

async function ask(subject: Subject, claims: ReadonlySet<Need>): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  const keys = stateKeysOf(claims);
  for (const probe of probesFor(claims, subject.fixed)) {
    const observations = await answerTo(subject, probe.scenario);
    const [actual, stated] = [[], keys].map((some) => observedNumbers(probe.scenario, observations, some));
    if (actual!.some((x) => x !== undefined))
      answered.push({ probe, prepared: prepare(probe.scenario)!, actual: actual!, stated: stated!, keys });
  }
  return answered;
}

/** The first probe once more, after all others. */
async function again(subject: Subject, answered: readonly Answered[]): Promise<Trajectory | undefined> {
  const first = answered.find(({ probe }) => probe.name === 'mixed');
  return first && observedNumbers(first.probe.scenario, await answerTo(subject, first.probe.scenario));
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

function rulesOf(
  answered: readonly Answered[],
  held: readonly Held[],
  claims: ReadonlySet<Need>,
): { readonly rules: readonly Rule[]; readonly kind: ReturnType<typeof kindOf> } | undefined {
  if (answered.length === 0) return undefined;
  const found = search(answered, claims);
  const sample = evenly(held, SAMPLE);
  const kind = kindOf(found.rules[0]!, sample);
  const rules = [...found.rules].sort((a, b) => countExplained(b, kind, sample) - countExplained(a, kind, sample));
  const improved = found.share >= FITS ? rules[0]! : better(rules[0]!, kind, sample, claims);
  const all = improved === rules[0] ? rules : [improved];
  const share = shareIn(all[0]!, answered);
  const fits = share >= FITS || (held.length > 0 && countExplained(all[0]!, kind, sample) >= MOST * sample.length);
  return size(all[0]!) > 0 && fits ? { rules: all, kind } : undefined;
}

function named(rule: Rule, claims: ReadonlySet<Need>): NamedRule {
  const axes = Object.entries(rule).map(([name, value]) => {
    const axis = name as AxisName;
    const { clauses, values } = AXES[axis];
    return { axis, value, says: values.find((one) => one.name === value)!.says, clauses };
  });
  return { axes, dialects: dialectsOf(rule, claims).map(({ name, version }) => `${name} ${version}`) };
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  const every = Math.ceil(all.length / most);
  return every <= 1 ? all : all.filter((_, i) => i % every === 0);
}

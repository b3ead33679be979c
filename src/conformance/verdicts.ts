/**
 * What holding a subject against references says: verdicts of cases, runs, and the whole.
 */
import type { Case, ReferenceName } from '../golden/types.ts';
import { type Facet, type Need, needsOfProfile, type Profile, profileOf, PROFILES } from '../scenario/needs.ts';
import { type Fixed, isFixed } from '../scenario/fixed.ts';
import type { Lack } from '../scenario/lift.ts';
import type { Target } from '../scenario/port.ts';
import { NOT_RUN } from '../subject/lives.ts';
import type { Departure } from './departures.ts';
import type { Difference, Numbers } from './difference.ts';
import type { Judgement } from './expectations.ts';
import type { Fresh } from './fresh.ts';
import type { Diagnosis } from './diagnosis/diagnose.ts';
import type { Trajectory } from './trajectory.ts';

/** What comparing says of a case. */
export type Verdict = 'exact' | 'bounded' | 'failed' | 'unsupported' | 'broken';

/** The result of one case. */
export interface CaseResult {
  readonly id: string;
  readonly area: string;
  /** Of the profiles that its needs are of, the last. */
  readonly profile: Profile;
  /** Clauses of the specification that the case tries. */
  readonly clauses: readonly string[];
  readonly verdict: Verdict;
  readonly numbers?: Numbers;
  readonly difference?: Difference;
  /** Of a case that is not exact: the first number outside its derived bound, or other difference. */
  readonly outside?: Difference;
  /** Numbers of a bounded case that no bound says anything of. */
  readonly undetermined?: number;
  /** The other numbers of a bounded case, and how many of them have other bits than the reference's. */
  readonly determined?: Numbers;
  /**
   * Of a case that failed though all that is determined is right: so many determined numbers the port has to the last bit, and
   * whoever rounds as the reference does has its undetermined numbers too.
   */
  readonly settled?: number;
  /** What the case needs and the subject does not claim, or what else keeps its program from the port. */
  readonly unclaimed?: readonly (Need | Lack)[];
  /** How the adapter broke. */
  readonly broken?: string;
}

/** What a result says of its case. */
export function identityOf({
  id,
  area,
  clauses,
  needs,
}: Case): Pick<CaseResult, 'id' | 'area' | 'profile' | 'clauses'> {
  return { id, area, profile: profileOf(needs), clauses };
}

/** A subject against one reference. */
export interface Run {
  readonly reference: ReferenceName;
  readonly arithmetic: Target['arithmetic'];
  /** What the subject claims. */
  readonly claims: readonly Need[];
  /** Options that it cannot set, and what they are; absent where there are none. */
  readonly fixed?: readonly Fixed[];
  /** Claimed cases that were not to be run. */
  readonly skipped?: number;
  /** Facets that the subject claims. */
  readonly compared: readonly Facet[];
  readonly cases: readonly CaseResult[];
  /** What the verdict bounded accepts of the subject though PyTorch does otherwise; absent where no case is bounded. */
  readonly departures?: readonly Departure[];
  /** Programs of this run alone, if any were wanted; no count of cases includes them. */
  readonly fresh?: Fresh;
  /** Fresh programs were wanted in place of golden cases alone, and there was no such place. */
  readonly freshless?: true;
  /** What is wrong with a subject that failed; none where the run ended at the first bad case. */
  readonly diagnosis?: Diagnosis;
  /** Of each of the first causes, by the id of its plainest case: the course of an element in the plainest that shows one. */
  readonly trajectories?: ReadonlyMap<string, Trajectory>;
  /** For stock PyTorch: elements that a square root was taken of, and how many roots are not IEEE's. */
  readonly roots?: { readonly taken: number; readonly not_ieee: number };
}

/** A subject against everything asked for. */
export interface Conformance {
  readonly subject: {
    readonly name: string;
    readonly version?: string;
    /** The recorded version that it is held against, where its own was not recorded: the nearest older. */
    readonly in_place_of?: string;
  };
  readonly runs: readonly Run[];
  /** What is said where something is expected of the subject beforehand. */
  readonly judgement?: Judgement;
}

/** How many cases of a run, or of a part of it, have a verdict. */
export function count(run: Pick<Run, 'cases'>, verdict: Verdict): number {
  return run.cases.filter((result) => result.verdict === verdict).length;
}

/** A profile in a run: how much of it the subject claims, and the results of its cases. */
export interface ProfileResult {
  readonly profile: Profile;
  /** How many of the needs that it stands for are claimed. */
  readonly claimed: number;
  /** How many needs it stands for. */
  readonly needs: number;
  readonly cases: readonly CaseResult[];
}

/** A run by profile; each of its cases is in one. */
export function byProfile({ claims, cases }: Run): readonly ProfileResult[] {
  return PROFILES.map((profile) => {
    const needs = needsOfProfile(profile);
    const own = cases.filter((result) => result.profile === profile);
    return { profile, claimed: needs.filter((need) => claims.includes(need)).length, needs: needs.length, cases: own };
  });
}

/** How many fresh programs of a run have a verdict. */
export function countFresh({ fresh }: Run, verdict: Verdict): number {
  return fresh === undefined ? 0 : fresh.results.filter((result) => result.verdict === verdict).length;
}

/** What the fresh programs of a run say by themselves. */
export function freshVerdict(run: Run): 'conforms' | 'differs' | 'broken' {
  if (countFresh(run, 'broken') > 0) return 'broken';
  return countFresh(run, 'failed') > 0 ? 'differs' : 'conforms';
}

/**
 * What came of it all: that the subject conforms, fails as it is expected to, or differs; that what is expected of it is stale; or nothing,
 * as an adapter broke or no case of a run was tried.
 */
export type Outcome = 'conforms' | 'as expected' | 'differs' | 'stale' | 'broken' | 'none ran';

/** The outcome of all runs together. */
export function outcomeOf({ runs, judgement }: Conformance): Outcome {
  if (runs.some((run) => count(run, 'broken') + countFresh(run, 'broken') > 0)) return 'broken';
  const failed = runs.some((run) => count(run, 'failed') > 0);
  const freshly = runs.some((run) => countFresh(run, 'failed') > 0);
  if (!failed && !freshly && (runs.length === 0 || !runs.every(hasGood))) return 'none ran';
  if (judgement === undefined) return failed || freshly ? 'differs' : 'conforms';
  const { broken, worse, stale, better = false } = judgement;
  const isUnexpected = judgement.unexpected.length > 0 && !better;
  if (freshly || isUnexpected || broken.length > 0 || worse.length > 0) return 'differs';
  if (stale.length > 0) return 'stale';
  return failed ? 'as expected' : 'conforms';
}

/** Whether every claim was kept in every run, and there was one that was tried. */
export function conforms(result: Conformance): boolean {
  return outcomeOf(result) === 'conforms';
}

/** Where no golden case has the values that a subject fixes, fresh programs stand in: one of which something is determined. */
function hasGood(run: Run): boolean {
  if (count(run, 'exact') + count(run, 'bounded') > 0) return true;
  return isWithoutItsValues(run) && run.fresh?.results.some(saysSomething) === true;
}

function saysSomething({ verdict, determined }: CaseResult): boolean {
  return verdict === 'exact' || (verdict === 'bounded' && (determined?.compared ?? 0) > 0);
}

/**
 * Whether no case of a run was tried, and some would have been but for options that the subject fixes: no golden case has their values.
 */
export function isWithoutItsValues({ cases }: Pick<Run, 'cases'>): boolean {
  const lacksValues = ({ unclaimed = [] }: CaseResult): boolean => unclaimed.length > 0 && unclaimed.every(isFixed);
  return cases.every(({ verdict }) => verdict === 'unsupported') && cases.some(lacksValues);
}

/** How many cases the subject claims, all needs of theirs, and how many of those were run. */
export function claimedCases({ cases, skipped = 0 }: Run): { readonly cases: number; readonly ran: number } {
  const isLack = (word: string): boolean => word === 'objects' || isFixed(word);
  const claims = cases.filter(({ unclaimed = [] }) => unclaimed.every(isLack));
  const ran = claims.filter(({ verdict, broken }) => verdict !== 'unsupported' && broken?.startsWith(NOT_RUN) !== true);
  return { cases: claims.length + skipped, ran: ran.length };
}

/** Arithmetics in the order of their clauses (NUM-3, NUM-4, NUM-5, NUM-8). */
export const ARITHMETICS: readonly Target['arithmetic'][] = ['separate', 'fused', 'cuda', 'compiled'];

/** The version and arithmetic of a reference. */
export function targetOf(reference: ReferenceName): Target {
  const [version, arithmetic] = reference.replace('torch-', '').split('/') as [string, Target['arithmetic']];
  return { version, arithmetic };
}

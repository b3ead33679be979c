/**
 * Holding a subject against references: which cases it claims, what it observes of them, what the comparison says.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import { fixedWords } from '../scenario/fixed.ts';
import { FACETS, type Need } from '../scenario/needs.ts';
import type { Target } from '../scenario/port.ts';
import type { Case, Golden, ReferenceName } from '../golden/types.ts';
import type { Subject, SubjectSource } from '../subject/subject.ts';
import type { Observation } from '../scenario/types.ts';
import { bounded } from './bounded.ts';
import { boundsOf, hasBounds, ULPS } from './bounds/bounds.ts';
import { type Departure, departuresOf } from './departures.ts';
import { groupedByCause } from './diagnosis/causes.ts';
import type { FailedCase } from './diagnosis/confirm.ts';
import { type Diagnosis, diagnose } from './diagnosis/diagnose.ts';
import { type FreshOptions, type FreshRun, runFresh } from './fresh.ts';
import { isVisible, type Trajectory, trajectoryOf } from './trajectory.ts';
import { facets, identity, judge } from './judge.ts';
import { isOfAnotherRounding } from './other-rounding.ts';
import { heldToTheirBits } from './undetermined.ts';
import {
  ARITHMETICS,
  type CaseResult,
  type Conformance,
  conforms,
  identityOf,
  isWithoutItsValues,
  type Run,
  targetOf,
} from './verdicts.ts';

/** What to run. */
export interface RunOptions {
  /** References to hold the subject against. */
  readonly references: readonly ReferenceName[];
  /** Stop at the first case that is neither exact nor unsupported. */
  readonly bail?: boolean;
  /** Error an elementary operation may make, in ulp; 4 by default. */
  readonly ulp?: number;
  /** No case is bounded: what is not exact has failed. */
  readonly exact?: boolean;
  /** Derives bounds; who runs many subjects over the same cases may keep what `boundsOf` gave. */
  readonly bounds?: typeof boundsOf;
  /** Programs to make for each run and hold the subject against the port on; none by default. */
  readonly fresh?: FreshOptions;
  /** Cases that are not to be run, by id; those that are claimed are counted. */
  readonly skip?: (id: string) => boolean;
  readonly onProgress?: (done: number, of: number) => void;
  /** Called once, when the subject has been opened for the first reference, before any case runs. */
  readonly onOpened?: (opened: Opened) => void;
}

/** What is known before a case runs. */
export interface Opened {
  readonly subject: Conformance['subject'];
  /** What the subject claims. */
  readonly claims: readonly Need[];
  /** What it will be held against; of a subject that runs once, those of one arithmetic of these. */
  readonly references: readonly ReferenceName[];
}

/**
 * Runs the cases over the subject and compares. A subject that follows targets is run for each reference; any other is run
 * once and held against the references of the arithmetic in which most of its cases are exact.
 *
 * @throws AdapterError when no subject can be made, or no case was recorded of the references
 */
export async function run(all: Golden, source: SubjectSource, given: RunOptions): Promise<Conformance> {
  const { skip = () => false } = given;
  const golden = { ...all, cases: all.cases.filter(({ id }) => !skip(id)) };
  const options: Running = { ...given, skipped: all.cases.filter(({ id }) => skip(id)) };
  const observing = (reference: ReferenceName): Case[] => golden.cases.filter((c) => c.observed.has(reference));
  const references = options.references.filter((reference) => observing(reference).length > 0);
  if (references.length === 0)
    throw new AdapterError(`none of the cases was recorded of ${options.references.join(', ')}`);
  const cases = golden.cases.filter((c) => references.some((reference) => c.observed.has(reference)));
  if (source.followsTarget) {
    const runs: Run[] = [];
    let subject: Conformance['subject'] = { name: source.name };
    for (const reference of references) {
      const opened = await source.open(targetOf(reference));
      subject = identity(opened, source);
      if (runs.length === 0) options.onOpened?.({ subject, claims: opened.supports, references });
      try {
        const own = observing(reference);
        const observed = await observe(opened, own, options, (c, observations) =>
          refine(judge(opened, c, reference, observations), opened, c, reference, observations, options),
        );
        runs.push(await finish(reference, opened, own, observed, options));
      } finally {
        await opened.close();
      }
      if (options.bail && !conforms({ subject, runs })) break;
    }
    return { subject, runs };
  }
  return runOnce(cases, source, { ...options, references });
}

/** Options, with the cases that are not to be run. */
type Running = RunOptions & { readonly skipped: readonly Case[] };

async function runOnce(cases: readonly Case[], source: SubjectSource, options: Running): Promise<Conformance> {
  const { references } = options;
  const subject = await source.open(targetOf(references[0]!));
  options.onOpened?.({ subject: identity(subject, source), claims: subject.supports, references });
  try {
    const once = await observe(subject, cases, options, () => undefined);
    const unjudged = new Map(once.results.map((result) => [result.id, result]));
    const judged = references.map((reference): readonly [ReferenceName, Observed] => {
      const own = cases.filter((c) => c.observed.has(reference));
      const results: CaseResult[] = [];
      for (const c of own) {
        const observations = once.observations.get(c.id);
        if (observations !== undefined) results.push(judge(subject, c, reference, observations));
        else if (unjudged.has(c.id)) results.push(unjudged.get(c.id)!);
      }
      return [reference, { results, observations: once.observations }];
    });
    const arithmetic = closest(
      judged.map(([reference, { results }]) => [targetOf(reference).arithmetic, results] as const),
    );
    const runs: Run[] = [];
    for (const [reference, observed] of judged.filter(([name]) => targetOf(name).arithmetic === arithmetic))
      runs.push(
        await finish(reference, subject, cases, await refineAll(subject, cases, reference, observed, options), options),
      );
    return { subject: identity(subject, source), runs };
  } finally {
    await subject.close();
  }
}

type Observations = readonly Observation[];

interface Observed {
  readonly results: readonly CaseResult[];
  /** By case id, for the cases that ran and have not been found exact. */
  readonly observations: ReadonlyMap<string, Observations>;
}

async function observe(
  subject: Subject,
  cases: readonly Case[],
  options: RunOptions,
  judgeCase: (c: Case, observations: Observations) => CaseResult | undefined | Promise<CaseResult>,
): Promise<Observed> {
  const claimed = new Set(subject.supports);
  const results: CaseResult[] = [];
  const observations = new Map<string, Observations>();
  for (const [i, c] of cases.entries()) {
    const missing = c.needs.filter((need) => !claimed.has(need));
    const unclaimed = missing.length > 0 ? missing : (subject.lacks?.(c.scenario.program) ?? []);
    let result: CaseResult | undefined;
    if (unclaimed.length > 0) result = { ...identityOf(c), verdict: 'unsupported', unclaimed };
    else {
      try {
        const own = await subject.run(c.scenario);
        result = await judgeCase(c, own);
        if (result?.verdict !== 'exact') observations.set(c.id, own);
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error;
        result = { ...identityOf(c), verdict: 'broken', broken: error.message };
      }
    }
    options.onProgress?.(i + 1, cases.length);
    if (result === undefined) continue;
    results.push(result);
    if (options.bail && isBad(result)) break;
  }
  return { results, observations };
}

function isBad({ verdict }: CaseResult): boolean {
  return verdict === 'failed' || verdict === 'broken';
}

/** The results with what lies within its bounds as bounded, up to the first bad one if that ends the run. */
async function refineAll(
  subject: Subject,
  cases: readonly Case[],
  reference: ReferenceName,
  { results, observations }: Observed,
  options: RunOptions,
): Promise<Observed> {
  const byId = new Map(cases.map((c) => [c.id, c]));
  const refined: CaseResult[] = [];
  for (const result of results) {
    const own = observations.get(result.id);
    refined.push(
      own === undefined ? result : await refine(result, subject, byId.get(result.id)!, reference, own, options),
    );
    if (options.bail && isBad(refined.at(-1)!)) break;
  }
  return { results: refined, observations };
}

/**
 * A failed case whose numbers all lie within their derived bounds, and whose rest is as it should be, is bounded.
 *
 * @param needed determined numbers without which a case that differs has failed, unless it is right in another arithmetic
 */
async function refine(
  result: CaseResult,
  subject: Subject,
  c: Case,
  reference: ReferenceName,
  observations: Observations,
  { ulp = ULPS, exact = false, bounds: derive = boundsOf }: Pick<RunOptions, 'ulp' | 'exact' | 'bounds'>,
  needed: number = 1,
): Promise<CaseResult> {
  if (exact || result.verdict !== 'failed' || !hasBounds(c)) return result;
  const bounds = await derive(c.scenario, targetOf(reference), ulp);
  const expected = c.observed.get(reference)!;
  const own = new Set(facets(subject));
  const { within, compared, differing, undetermined, first } = bounded(c.scenario, bounds, expected, observations, own);
  const determined = { compared, differing };
  // The port that made the bounds may itself be wrong: what they exclude of PyTorch's own numbers they cannot vouch for.
  const sound = bounded(c.scenario, bounds, expected, expected, new Set(FACETS)).within;
  const tried =
    compared >= needed ||
    (result.numbers?.differing ?? 0) === 0 ||
    isOfAnotherRounding({ case: c, expected, actual: observations }, new Set(subject.supports));
  if (within && sound && tried) return { ...result, verdict: 'bounded', undetermined, determined };
  if (first === undefined) return result;
  return { ...result, outside: first };
}

async function finish(
  reference: ReferenceName,
  subject: Subject,
  cases: readonly Case[],
  observed: Observed,
  options: Running,
): Promise<Run> {
  const made = await freshOf(reference, subject, observed.results, options);
  const fresh = made?.fresh;
  const tried = new Map([...cases, ...(made?.cases ?? [])].map((c) => [c.id, c]));
  const claimed = new Set(subject.supports);
  const isRight = (id: string): boolean => {
    const [c, actual] = [tried.get(id)!, observed.observations.get(id) ?? made?.observations.get(id)];
    return (
      actual !== undefined && isOfAnotherRounding({ case: c, expected: c.observed.get(reference)!, actual }, claimed)
    );
  };
  // What golden cases say does not hang on programs that are others in every run.
  const results = heldToTheirBits(observed.results, isRight);
  const failed = failedAmong(results, cases, reference, observed.observations);
  const bad = results.some(isBad);
  const fresher = heldToTheirBits([...observed.results, ...(fresh?.results ?? [])], isRight).slice(results.length);
  const freshlyFailed = made === undefined ? [] : failedAmong(fresher, made.cases, reference, made.observations);
  let diagnosis: Diagnosis | undefined;
  // Who ends at the first bad case wants no more of it.
  if (bad && !options.bail) diagnosis = await diagnose(subject, results, failed);
  else if (freshlyFailed.length > 0 && !options.bail)
    diagnosis = await diagnose(subject, fresher, freshlyFailed, 'fresh programs');
  const { arithmetic } = targetOf(reference);
  const none = options.fresh?.instead === true ? { freshless: true as const } : {};
  const programs = fresh === undefined ? none : { fresh: { ...fresh, results: fresher } };
  const claims = { ...claimsOf(subject, reference, options.skipped), compared: facets(subject) };
  const isBounded = results.some(({ verdict }) => verdict === 'bounded');
  const departures = isBounded ? { departures: (await departuresOf(subject)).filter(isUnsaid(diagnosis)) } : {};
  const courses = bad ? { trajectories: trajectoriesOf(results, failed, diagnosis?.plainness) } : {};
  const base = { reference, arithmetic, ...claims, cases: results, ...departures, ...courses, ...programs };
  return diagnosis === undefined ? base : { ...base, diagnosis };
}

/** Whether a departure is no part of the rule that is named. */
function isUnsaid(diagnosis: Diagnosis | undefined): (departure: Departure) => boolean {
  const said = diagnosis?.rules.some(({ axes }) =>
    axes.some(({ axis, value }) => axis === 'squares' && value === 'float32'),
  );
  return ({ name }) => !(said === true && name === 'float32-alpha');
}

/** The failed ones of some cases, with what was observed. */
function failedAmong(
  results: readonly CaseResult[],
  cases: readonly Case[],
  reference: ReferenceName,
  observations: Observed['observations'],
): readonly FailedCase[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  return cases
    .filter(({ id }) => byId.get(id)?.verdict === 'failed')
    .map((c) => ({
      ...{ case: c, expected: c.observed.get(reference)!, actual: observations.get(c.id)! },
      numeric: isNumeric(byId.get(c.id)!),
    }));
}

/** What a subject claims, and how many claimed cases of a reference were skipped. */
function claimsOf(
  { supports: claims, fixed = new Map() }: Subject,
  reference: ReferenceName,
  skipped: readonly Case[],
): Pick<Run, 'claims' | 'fixed' | 'skipped'> {
  const own = skipped.filter((c) => c.observed.has(reference) && c.needs.every((need) => claims.includes(need)));
  return {
    claims,
    ...(fixed.size === 0 ? {} : { fixed: fixedWords(fixed) }),
    ...(own.length === 0 ? {} : { skipped: own.length }),
  };
}

/** Causes that have a course shown. */
const COURSES = 20;

/** Cases of a cause that are looked at for one. */
const SEARCHED = 50;

/** Steps from which on a course tells more than its first difference. */
const TELLING = 5;

function trajectoriesOf(
  results: readonly CaseResult[],
  failed: readonly FailedCase[],
  plainness: Parameters<typeof groupedByCause>[1],
): ReadonlyMap<string, Trajectory> {
  const failedById = new Map(failed.map((one) => [one.case.id, one]));
  const courses = new Map<string, Trajectory>();
  for (const { results: own } of groupedByCause(results, plainness).slice(0, COURSES)) {
    const found = own.slice(0, SEARCHED).flatMap(({ id, difference }) => {
      const one = failedById.get(id);
      if (one === undefined || difference === undefined) return [];
      return trajectoryOf(one.case.scenario, one.expected, one.actual, difference) ?? [];
    });
    const long = found.filter(({ points }) => points.length >= TELLING);
    const course = long.find(isVisible) ?? long[0] ?? found[0];
    if (course !== undefined) courses.set(own[0]!.id, course);
  }
  return courses;
}

/** Whether a case failed in numbers, of which a rule can say something; the count of steps is one. */
function isNumeric({ difference }: CaseResult): boolean {
  const { facet, where = '' } = difference ?? {};
  return facet === 'numbers' || facet === 'state' || (facet === 'bookkeeping' && where.endsWith(', step'));
}

/** Nothing fresh is tried where the run has ended at a bad case, or nothing was run because the subject claims too little. */
async function freshOf(
  reference: ReferenceName,
  subject: Subject,
  results: readonly CaseResult[],
  options: RunOptions,
): Promise<FreshRun | undefined> {
  const { fresh } = options;
  const ended = options.bail && results.some(isBad);
  if (fresh === undefined || ended) return undefined;
  const none = results.every(({ verdict }) => verdict === 'unsupported');
  if (none ? !isWithoutItsValues({ cases: results }) : fresh.instead === true) return undefined;
  // Of a program that nobody has looked at, nothing may be determined; others say more.
  return runFresh(subject, reference, fresh, (c, observations) =>
    refine(judge(subject, c, reference, observations), subject, c, reference, observations, options, 0),
  );
}

/**
 * The arithmetic in which most of the cases that were tried are exact; where in none of them most are, the one that most cases
 * were tried in, of equals the first of the specification: what a port computes otherwise does not choose what it is held against.
 */
function closest(judged: readonly (readonly [Target['arithmetic'], readonly CaseResult[]])[]): Target['arithmetic'] {
  const scored = judged.map(([arithmetic, results]) => {
    const tried = results.filter(({ verdict }) => verdict === 'exact' || verdict === 'failed').length;
    const exact = results.filter(({ verdict }) => verdict === 'exact').length;
    return { arithmetic, tried, share: exact * 2 > tried ? exact / tried : 0 };
  });
  const order = ({ arithmetic }: (typeof scored)[number]): number => ARITHMETICS.indexOf(arithmetic);
  scored.sort((a, b) => b.share - a.share || b.tried - a.tried || order(a) - order(b));
  return scored[0]!.arithmetic;
}

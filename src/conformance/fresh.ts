/**
 * Fresh programs: made for one run out of a seed, so that no port can have seen them. A subject is held against the port of this
 * package in the arithmetic that it is judged in; real PyTorch proves that port (`rmsproof fuzz port --against torch`).
 */
import fc from 'fast-check';
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Case, ReferenceName } from '../golden/types.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import { port } from '../subject/port.ts';
import type { Subject } from '../subject/subject.ts';
import { canRun, commonClaims } from './fuzz/fuzz.ts';
import { scenariosOfEverySize } from './fuzz/program.ts';
import { type CaseResult, identityOf, targetOf } from './verdicts.ts';

/** How many programs, and out of which seed. */
export interface FreshOptions {
  readonly count: number;
  /** An integer of 32 bits. */
  readonly seed: number;
  /** Made only where they have to stand in for golden cases, of which none has the values that the subject fixes. */
  readonly instead?: boolean;
}

/** What holding a subject against the port on fresh programs says. No count of golden cases includes it. */
export interface Fresh extends Pick<FreshOptions, 'count' | 'seed'> {
  readonly results: readonly CaseResult[];
  /** The programs in which the subject is not exact, by id. */
  readonly programs: ReadonlyMap<string, Scenario>;
}

/** Fresh programs as they ran: what is reported, and the programs as cases with what was observed of them. */
export interface FreshRun {
  readonly fresh: Fresh;
  readonly cases: readonly Case[];
  readonly observations: ReadonlyMap<string, readonly Observation[]>;
}

/** The area of a fresh program's id. */
const AREA = 'fresh';

/**
 * Runs fresh programs, within what the subject claims, over it and over the port.
 *
 * @param reference whose version and arithmetic the port follows
 * @param judge says what comes of a case, as for golden ones
 */
export async function runFresh(
  subject: Subject,
  reference: ReferenceName,
  { count, seed }: FreshOptions,
  judge: (c: Case, observations: readonly Observation[]) => Promise<CaseResult>,
): Promise<FreshRun> {
  const right = await port.open(targetOf(reference));
  const results: CaseResult[] = [];
  const programs = new Map<string, Scenario>();
  const cases: Case[] = [];
  const observations = new Map<string, readonly Observation[]>();
  const tried = scenariosOfEverySize(commonClaims(right, subject), subject.fixed ?? new Map()).filter((scenario) =>
    canRun(scenario, subject),
  );
  for (const [i, made] of fc.sample(tried, { numRuns: count, seed }).entries()) {
    const id = `${AREA}/seed=${seed}/${i + 1}`;
    const scenario = { ...made, id };
    const observed = new Map([[reference, await right.run(scenario)]]);
    const own: Case = { id, area: AREA, file: AREA, clauses: [], needs: [], catches: [], scenario, observed };
    const result = await resultOf(subject, own, (c, actual) => {
      observations.set(id, actual);
      return judge(c, actual);
    });
    cases.push(own);
    if (result.verdict !== 'exact') programs.set(id, scenario);
    results.push(result);
  }
  return { fresh: { count, seed, results, programs }, cases, observations };
}

async function resultOf(subject: Subject, c: Case, judge: Parameters<typeof runFresh>[3]): Promise<CaseResult> {
  try {
    return await judge(c, await subject.run(c.scenario));
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return { ...identityOf(c), verdict: 'broken', broken: error.message };
  }
}

/**
 * Fuzzing: new scenarios for a differential test of two subjects, shrunk to the smallest on which they differ.
 */
import fc from 'fast-check';
import { AdapterError } from '../../scenario/adapter-error.ts';
import { FACETS, type Need } from '../../scenario/needs.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { Subject } from '../../subject/subject.ts';
import { compare } from '../compare.ts';
import type { Difference } from '../difference.ts';
import { kindOf } from './kind.ts';
import { scenarios } from './program.ts';
import { shrink } from './shrink.ts';

/** How long, and where to begin. */
export interface FuzzOptions {
  readonly runs: number;
  /** Ends the search, not the shrinking. */
  readonly minutes?: number;
  readonly seed?: number;
  /** Repeats one counterexample of a seed. */
  readonly path?: string;
  readonly onProgress?: (done: number) => void;
}

/** A scenario on which two subjects differ, as small as it was found to be. */
export interface Counterexample {
  readonly scenario: Scenario;
  readonly difference: Difference;
}

/** What a search found. */
export interface FuzzResult {
  readonly runs: number;
  readonly seed: number;
  /** With the seed, repeats the counterexample. */
  readonly path?: string;
  readonly counterexample?: Counterexample;
}

/** Facets and features that both claim. */
export function commonClaims(a: Subject, b: Subject): ReadonlySet<Need> {
  return new Set(a.supports.filter((need) => b.supports.includes(need)));
}

/** Whether subjects have the members that a scenario takes; what a port without objects cannot run is no program for it. */
export function canRun({ program }: Scenario, ...subjects: readonly Subject[]): boolean {
  return subjects.every((subject) => (subject.lacks?.(program) ?? []).length === 0);
}

/**
 * Where two subjects differ on one scenario; undefined where they do not.
 *
 * @param expected the subject that is taken to be right
 */
export async function differenceOf(
  scenario: Scenario,
  expected: Subject,
  actual: Subject,
): Promise<Difference | undefined> {
  const claims = commonClaims(expected, actual);
  const facets = new Set(FACETS.filter((facet) => claims.has(facet)));
  return compare(scenario, await expected.run(scenario), await actual.run(scenario), facets).first;
}

/**
 * Searches for a scenario on which two subjects differ, and shrinks it without changing how they do.
 *
 * @throws AdapterError when a subject's adapter breaks
 */
export async function fuzz(expected: Subject, actual: Subject, options: FuzzOptions): Promise<FuzzResult> {
  const { runs, minutes, seed, path, onProgress } = options;
  let done = 0;
  let kind: string | undefined;
  const tried = (scenario: Scenario): boolean => canRun(scenario, expected, actual);
  /** Whether a scenario makes a difference, of the kind of the first that was found: what it is about must not change. */
  const differs = async (scenario: Scenario): Promise<boolean> => {
    const difference = tried(scenario) ? await differenceOf(scenario, expected, actual) : undefined;
    if (difference === undefined) return false;
    kind ??= kindOf(difference);
    return kindOf(difference) === kind;
  };
  const made = scenarios(commonClaims(expected, actual), actual.fixed).filter(tried);
  const property = fc.asyncProperty(made, async (scenario) => {
    done += 1;
    onProgress?.(done);
    return !(await differs(scenario));
  });
  const result = await fc.check(property, {
    numRuns: runs,
    ...(minutes === undefined ? {} : { interruptAfterTimeLimit: minutes * 60_000 }),
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  });
  if (result.errorInstance instanceof AdapterError) throw result.errorInstance;
  const found = result.counterexample?.[0];
  if (!result.failed || found === undefined) return { runs: result.numRuns, seed: result.seed };
  const scenario = await shrink(found, differs);
  const difference = (await differenceOf(scenario, expected, actual))!;
  return {
    runs: result.numRuns,
    seed: result.seed,
    path: result.counterexamplePath!,
    counterexample: { scenario, difference },
  };
}

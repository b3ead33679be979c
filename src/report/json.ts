/**
 * The report for programs: spec/schemas/report.schema.json.
 */
import type { Diagnosis } from '../conformance/diagnosis/diagnose.ts';
import { undeterminedByClause } from '../conformance/undetermined.ts';
import {
  byProfile,
  type CaseResult,
  type Conformance,
  conforms,
  freshVerdict,
  type Run,
  type Verdict,
} from '../conformance/verdicts.ts';

/** The report as a JSON value. */
export function jsonReport(result: Conformance): object {
  return { format: 1, subject: result.subject, conforms: conforms(result), runs: result.runs.map(runObject) };
}

function runObject(run: Run): object {
  const { reference, arithmetic, compared, cases, departures, diagnosis, roots } = run;
  const profiles = byProfile(run).map(({ cases: own, ...profile }) => ({ ...profile, counts: countsOf(own) }));
  const numbers = {
    compared: cases.reduce((sum, c) => sum + (c.numbers?.compared ?? 0), 0),
    differing: cases.reduce((sum, c) => sum + (c.numbers?.differing ?? 0), 0),
  };
  const stock = roots === undefined ? {} : { roots };
  const why = diagnosis === undefined ? {} : { diagnosis: diagnosisObject(diagnosis) };
  const undetermined = undeterminedByClause(cases);
  const open = undetermined.length === 0 ? {} : { undetermined };
  const base = { reference, arithmetic, compared, counts: countsOf(cases), profiles, numbers, ...open };
  const accepted = departures === undefined ? {} : { departures: departures.map(({ name }) => name) };
  return { ...base, ...accepted, ...stock, ...why, cases, ...freshObject(run) };
}

/** The results of fresh programs have the program too, unless it went as it should. */
function freshObject(run: Run): object {
  if (run.fresh === undefined) return {};
  const { count, seed, results, programs } = run.fresh;
  const open = results
    .filter(({ id }) => programs.has(id))
    .map((result) => ({ ...result, scenario: programs.get(result.id) }));
  return { fresh: { count, seed, verdict: freshVerdict(run), counts: countsOf(results), programs: open } };
}

function countsOf(results: readonly CaseResult[]): Readonly<Record<Verdict, number>> {
  const of = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  return {
    ...{ exact: of('exact'), bounded: of('bounded'), failed: of('failed') },
    ...{ unsupported: of('unsupported'), broken: of('broken') },
  };
}

function diagnosisObject({ sanity, rules, kind, explained, looked, causes, clauses }: Diagnosis): object {
  return { sanity, rules, ...(kind === undefined ? {} : { kind }), explained, looked, causes, clauses };
}

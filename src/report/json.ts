/**
 * The report for programs: spec/schemas/report.schema.json.
 */
import type { Diagnosis } from '../conformance/diagnosis/diagnose.ts';
import { countsOf, type Report } from '../conformance/events.ts';
import { undeterminedByClause } from '../conformance/undetermined.ts';
import { byProfile, claimedCases, conforms, freshVerdict, type Run } from '../conformance/verdicts.ts';

/** The report as a JSON value. */
export function jsonReport(report: Report): object {
  const { header, subject, runs } = report;
  const { rmsproof, references, claims, seed } = header;
  const head = { rmsproof, references, claims, ...(seed === undefined ? {} : { seed }) };
  return {
    format: 1,
    header: head,
    subject,
    conforms: conforms(report),
    ...judgementObject(report),
    runs: runs.map(runObject),
  };
}

function judgementObject({ footer, judgement }: Report): object {
  return judgement === undefined ? {} : { outcome: footer.outcome, judgement };
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
  const claimed = claimedCases(run);
  const base = { reference, arithmetic, compared, counts: countsOf(cases), claimed, profiles, numbers, ...open };
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

/** All of it but what only this package has a use for. */
function diagnosisObject(diagnosis: Diagnosis): object {
  return { ...diagnosis, plainness: undefined };
}

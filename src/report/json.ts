/**
 * The report for programs: spec/schemas/report.schema.json.
 */
import { byProfile, type Conformance, conforms, count, type Run } from '../conformance/verdicts.ts';

/** The report as a JSON value. */
export function jsonReport(result: Conformance): object {
  return { format: 1, subject: result.subject, conforms: conforms(result), runs: result.runs.map(runObject) };
}

function runObject(run: Run): object {
  const { reference, arithmetic, compared, cases, explanation, roots } = run;
  const counts = countsOf(run);
  const profiles = byProfile(run).map(({ profile, claimed, needs, ...own }) => {
    return { profile, claimed, needs, counts: countsOf(own) };
  });
  const numbers = {
    compared: cases.reduce((sum, c) => sum + (c.numbers?.compared ?? 0), 0),
    differing: cases.reduce((sum, c) => sum + (c.numbers?.differing ?? 0), 0),
  };
  const stock = roots === undefined ? {} : { roots };
  const hint = explanation === undefined ? {} : { explanation: explanation.name };
  return { reference, arithmetic, compared, counts, profiles, numbers, ...stock, ...hint, cases };
}

function countsOf(of: Pick<Run, 'cases'>): object {
  return Object.fromEntries(
    (['exact', 'bounded', 'failed', 'unsupported', 'broken'] as const).map((verdict) => [verdict, count(of, verdict)]),
  );
}

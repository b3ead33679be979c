/**
 * The report for programs: spec/schemas/report.schema.json.
 */
import { type Conformance, conforms, count, type Run } from '../conformance/verdicts.ts';

/** The report as a JSON value. */
export function jsonReport(result: Conformance): object {
  return { format: 1, subject: result.subject, conforms: conforms(result), runs: result.runs.map(runObject) };
}

function runObject(run: Run): object {
  const { reference, arithmetic, compared, cases, explanation, roots } = run;
  const counts = Object.fromEntries(
    (['exact', 'bounded', 'failed', 'unsupported', 'broken'] as const).map((verdict) => [verdict, count(run, verdict)]),
  );
  const numbers = {
    compared: cases.reduce((sum, c) => sum + (c.numbers?.compared ?? 0), 0),
    differing: cases.reduce((sum, c) => sum + (c.numbers?.differing ?? 0), 0),
  };
  const stock = roots === undefined ? {} : { roots };
  const hint = explanation === undefined ? {} : { explanation: explanation.name };
  return { reference, arithmetic, compared, counts, numbers, ...stock, ...hint, cases };
}

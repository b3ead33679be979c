import { expect, test } from 'vitest';
import { eventsOf, reportOf } from '../../src/conformance/events.ts';
import type { CaseResult, Run } from '../../src/conformance/verdicts.ts';
import { jsonReport } from '../../src/report/json.ts';
import { validate } from '../../src/scenario/schema.ts';

const of = (id: string, profile: CaseResult['profile'], verdict: CaseResult['verdict']): CaseResult => ({
  ...{ id, area: 'step', profile, clauses: ['RMS-5'], verdict },
});

test('jsonReport counts by profile, each case once, and keeps to its schema', () => {
  const run: Run = {
    ...{ reference: 'torch-2.13.0/separate', arithmetic: 'separate', compared: ['numbers'] },
    claims: ['numbers', 'float32', 'global-hooks'],
    cases: [of('a', 'numbers', 'exact'), of('b', 'numbers', 'failed'), of('c', 'hooks', 'unsupported')],
  };
  const report = jsonReport(reportOf(eventsOf({ subject: { name: 'mine' }, runs: [run] }))) as {
    readonly runs: readonly { readonly profiles: readonly object[] }[];
  };
  validate('report', report, 'report');
  const none = { exact: 0, bounded: 0, failed: 0, unsupported: 0, broken: 0 };
  expect(report.runs[0]!.profiles).toMatchObject([
    { profile: 'numbers', claimed: 2, counts: { ...none, exact: 1, failed: 1 } },
    { profile: 'training', claimed: 0, counts: none },
    { profile: 'state_dict', claimed: 0, counts: none },
    { profile: 'hooks', claimed: 1, needs: 4, counts: { ...none, unsupported: 1 } },
    { profile: 'dtypes', claimed: 0, counts: none },
    { profile: 'python', claimed: 0, counts: none },
    { profile: 'autograd', claimed: 0, needs: 2, counts: none },
  ]);
});

import { expect, test } from 'vitest';
import { blamed } from '../../../src/conformance/diagnosis/blame.ts';
import type { CaseResult, Verdict } from '../../../src/conformance/verdicts.ts';

let made = 0;
const cases = (count: number, verdict: Verdict, ...clauses: string[]): CaseResult[] =>
  Array.from({ length: count }, () => ({ id: `step/a/${++made}`, area: 'step', profile: 'numbers', clauses, verdict }));

test('a clause is to blame if its cases fail and those without it pass', () => {
  expect(
    blamed([...cases(9, 'failed', 'RMS-7'), ...cases(1, 'exact', 'RMS-7'), ...cases(10, 'exact', 'RMS-2')]),
  ).toEqual([{ clause: 'RMS-7', failed: 9, tried: 10 }]);
});

test('it is not where others fail too, or where its own pass', () => {
  expect(
    blamed([...cases(9, 'failed', 'RMS-7'), ...cases(5, 'failed', 'RMS-2'), ...cases(5, 'exact', 'RMS-2')]),
  ).toEqual([]);
  expect(
    blamed([...cases(8, 'failed', 'RMS-7'), ...cases(2, 'exact', 'RMS-7'), ...cases(9, 'exact', 'RMS-2')]),
  ).toEqual([]);
});

test('nor are one or two cases enough where more fail of which it is no clause', () => {
  const pass = cases(90, 'exact', 'RMS-2');
  const others = (count: number): CaseResult[] => cases(count, 'failed', 'GAD-1');
  expect(blamed([...cases(2, 'failed', 'RMS-12'), ...others(2), ...pass]).map(({ clause }) => clause)).toContain(
    'RMS-12',
  );
  expect(blamed([...cases(2, 'failed', 'RMS-12'), ...others(3), ...pass]).map(({ clause }) => clause)).toEqual([
    'GAD-1',
  ]);
});

test('a clause that every case tries is never to blame: nothing was tried without it', () => {
  expect(blamed(cases(4, 'failed', 'NUM-3'))).toEqual([]);
});

test('cases that were not tried say nothing', () => {
  const results = [...cases(3, 'failed', 'HKS-2'), ...cases(9, 'unsupported', 'HKS-2'), ...cases(3, 'exact', 'RMS-2')];
  expect(blamed([...results, ...cases(9, 'broken', 'RMS-2')])).toEqual([{ clause: 'HKS-2', failed: 3, tried: 3 }]);
});

test('arithmetic comes before bookkeeping, then what fails most', () => {
  const results = [...cases(3, 'failed', 'HKS-2', 'GRP-4', 'NUM-2'), ...cases(40, 'exact', 'RMS-2')];
  expect(blamed(results).map(({ clause }) => clause)).toEqual(['NUM-2', 'GRP-4', 'HKS-2']);
});

import { expect, test } from 'vitest';
import type { CaseResult, Run } from '../../src/conformance/verdicts.ts';
import { departureLines, settledLines, undeterminedLines } from '../../src/report/undetermined.ts';

const bounded = (clauses: readonly string[], undetermined: number): CaseResult => ({
  ...{ id: 'step/a/b', area: 'step', profile: 'numbers', clauses, verdict: 'bounded', undetermined },
  numbers: { compared: 2000, differing: 1 },
});

const run = (cases: readonly CaseResult[], more: Partial<Run> = {}): Run => ({
  ...{ reference: 'torch-2.13.0/separate', arithmetic: 'separate', claims: [], compared: [], cases },
  ...more,
});

test('undetermined numbers are told with the clauses of which most are', () => {
  const cases = [bounded(['RMS-17'], 1000), bounded(['RMS-6', 'NUM-6', 'RMS-5'], 1)];
  expect(undeterminedLines(run(cases), (clause) => `${clause} "…"`)).toEqual([
    '  undetermined, for rounding may decide: 1,001 numbers; 50 % of RMS-17 "…", 1 %',
    '  of RMS-6 "…", 1 % of NUM-6 "…"',
  ]);
});

test('nothing is said where all is determined', () => {
  expect(undeterminedLines(run([bounded(['RMS-5'], 0)]), String)).toEqual([]);
  expect(settledLines(bounded(['RMS-5'], 0))).toEqual([]);
  expect(departureLines(run([]))).toEqual([]);
});

test('what bounded accepts is named', () => {
  const departures = [{ name: 'float64-state', summary: 'keeps state in float64' }];
  expect(departureLines(run([], { departures }))).toEqual([
    '  bounded all the same: float64-state, which keeps state in float64',
  ]);
});

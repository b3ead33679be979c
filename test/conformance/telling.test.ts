import { describe, expect, test } from 'vitest';
import { failingClauses, mostTelling } from '../../src/conformance/telling.ts';
import type { CaseResult, Verdict } from '../../src/conformance/verdicts.ts';

const result = (id: string, verdict: Verdict, ...clauses: readonly string[]): CaseResult => ({
  ...{ id, area: 'hooks', profile: 'hooks', verdict, clauses },
});

const CASES = [
  result('seldom', 'failed', 'HKS-1', 'HKS-3'),
  result('order-with-more', 'failed', 'HKS-2', 'HKS-1'),
  result('order', 'failed', 'HKS-2'),
  ...['a', 'b', 'c'].map((id) => result(id, 'exact', 'HKS-1')),
  result('not claimed', 'unsupported', 'HKS-2'),
];

describe('failingClauses', () => {
  test('names first the clause whose cases fail one and all', () => {
    expect(failingClauses(CASES)).toEqual([
      { clause: 'HKS-2', failed: 2, tried: 2 },
      { clause: 'HKS-3', failed: 1, tried: 1 },
      { clause: 'HKS-1', failed: 2, tried: 5 },
    ]);
  });

  test('names none where nothing fails', () => {
    expect(failingClauses(CASES.filter(({ verdict }) => verdict !== 'failed'))).toEqual([]);
  });
});

describe('mostTelling', () => {
  test('puts cases of that clause first, and of those the ones that try little else', () => {
    expect(mostTelling(CASES).map(({ id }) => id)).toEqual(['order', 'order-with-more', 'seldom']);
  });

  test('puts what broke in front', () => {
    const broken = result('broken', 'broken', 'HKS-4');
    expect(mostTelling([...CASES, broken])[0]).toBe(broken);
  });
});

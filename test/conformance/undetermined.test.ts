/**
 * Who has to have the numbers that no bound says anything of, and of which clauses they are.
 */
import { describe, expect, test } from 'vitest';
import { heldToTheirBits, undeterminedByClause } from '../../src/conformance/undetermined.ts';
import type { CaseResult } from '../../src/conformance/verdicts.ts';

const numbers = (compared: number, differing = 0): { compared: number; differing: number } => ({ compared, differing });
const exact: CaseResult = {
  id: 'a',
  area: 'step',
  profile: 'numbers',
  clauses: ['RMS-5'],
  verdict: 'exact',
  numbers: numbers(100),
};
const bounded = (compared: number, differing: number): CaseResult => ({
  ...{ id: 'b', area: 'step', profile: 'numbers', clauses: ['RMS-17'], verdict: 'bounded', numbers: numbers(20, 10) },
  ...{ determined: numbers(compared, differing), undetermined: 20 - compared },
});

const verdicts = (results: readonly CaseResult[]): string[] => heldToTheirBits(results).map(({ verdict }) => verdict);

describe('a port that has all bits of the determined numbers', () => {
  test('fails where it differs in others', () => {
    expect(heldToTheirBits([exact, bounded(5, 0)])).toMatchObject([
      { verdict: 'exact' },
      { verdict: 'failed', settled: 105, undetermined: 15 },
    ]);
    expect(verdicts([...Array.from({ length: 10 }, () => bounded(10, 0))])).not.toContain('bounded');
  });

  test('may have them by chance where they are fewer than a hundred', () => {
    expect(verdicts([{ ...exact, numbers: numbers(94) }, bounded(5, 0)])).toEqual(['exact', 'bounded']);
    expect(verdicts([{ ...exact, numbers: numbers(95) }, bounded(5, 0)])).toEqual(['exact', 'failed']);
    const { numbers: _, ...uncounted } = exact;
    expect(verdicts([uncounted, bounded(5, 0)])).toEqual(['exact', 'bounded']);
  });
});

test('what is right in another arithmetic stays bounded', () => {
  const asked: string[] = [];
  const isRight = (id: string): boolean => asked.push(id) > 0;
  expect(heldToTheirBits([exact, bounded(5, 0)], isRight).map(({ verdict }) => verdict)).toEqual(['exact', 'bounded']);
  expect(asked).toEqual(['b']);
});

test('a port that lacks one of those bits rounds otherwise, and stays bounded', () => {
  expect(verdicts([exact, bounded(5, 1), bounded(5, 0)])).toEqual(['exact', 'bounded', 'bounded']);
});

test('of a port that fails otherwise nobody knows how it rounds, and other verdicts stay', () => {
  const failed: CaseResult = { ...exact, verdict: 'failed', numbers: numbers(1000, 3) };
  expect(verdicts([exact, failed, bounded(5, 0)])).toEqual(['exact', 'failed', 'bounded']);
  expect(verdicts([exact, { ...exact, verdict: 'unsupported' }, bounded(5, 0)])).toEqual([
    ...['exact', 'unsupported', 'failed'],
  ]);
});

test('undetermined numbers are told by clause, the greatest share first', () => {
  const many: CaseResult = { ...bounded(1, 1), clauses: ['NUM-6', 'RMS-6'] };
  const none: CaseResult = { ...exact, clauses: ['RMS-6'], numbers: numbers(60) };
  expect(undeterminedByClause([exact, bounded(15, 1), many, none])).toEqual([
    { clause: 'NUM-6', undetermined: 19, numbers: 20 },
    { clause: 'RMS-17', undetermined: 5, numbers: 20 },
    { clause: 'RMS-6', undetermined: 19, numbers: 80 },
  ]);
});

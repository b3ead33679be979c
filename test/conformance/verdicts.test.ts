/**
 * What comes of the verdicts of cases: of a run, of its fresh programs, of all runs together.
 */
import { describe, expect, test } from 'vitest';
import {
  type CaseResult,
  conforms,
  count,
  countFresh,
  freshVerdict,
  type Outcome,
  outcomeOf,
  type Run,
  targetOf,
  type Verdict,
} from '../../src/conformance/verdicts.ts';

const results = (verdicts: readonly Verdict[]): CaseResult[] =>
  verdicts.map((verdict, i) => ({ id: `step/a/${i}`, area: 'step', profile: 'numbers', clauses: ['RMS-5'], verdict }));

function run(verdicts: readonly Verdict[], fresh?: readonly Verdict[]): Run {
  const base = {
    reference: 'torch-2.13.0/separate',
    arithmetic: 'separate',
    claims: [],
    compared: ['numbers'],
  } as const;
  const programs = fresh && { fresh: { count: fresh.length, seed: 1, results: results(fresh), programs: new Map() } };
  return { ...base, cases: results(verdicts), ...programs };
}

describe('outcomeOf', () => {
  test.each<readonly [Outcome, readonly (readonly Verdict[])[]]>([
    ['conforms', [['exact']]],
    ['conforms', [['bounded']]],
    ['conforms', [['exact', 'bounded', 'unsupported']]],
    ['conforms', [['exact'], ['unsupported', 'bounded']]],
    ['differs', [['exact', 'failed']]],
    ['differs', [['failed']]],
    ['differs', [['exact'], ['exact', 'failed']]],
    ['differs', [['failed'], ['unsupported']]],
    ['broken', [['exact', 'broken']]],
    ['broken', [['failed', 'broken', 'exact']]],
    ['broken', [['failed'], ['broken']]],
    ['none ran', []],
    ['none ran', [[]]],
    ['none ran', [['unsupported']]],
    ['none ran', [['exact'], ['unsupported']]],
    ['none ran', [['exact'], []]],
  ])('is %j of %j', (outcome, runs) => {
    const result = { subject: { name: 'mine' }, runs: runs.map((verdicts) => run(verdicts)) };
    expect(outcomeOf(result)).toBe(outcome);
    expect(conforms(result)).toBe(outcome === 'conforms');
  });

  test.each<readonly [Outcome, readonly Verdict[], readonly Verdict[]]>([
    ['conforms', ['exact'], ['exact', 'bounded']],
    ['conforms', ['exact'], []],
    ['differs', ['exact'], ['exact', 'failed']],
    ['broken', ['exact'], ['broken', 'failed']],
    ['broken', ['failed'], ['broken']],
    ['none ran', ['unsupported'], ['exact']],
  ])('is %j of golden cases %j and fresh programs %j', (outcome, golden, fresh) => {
    expect(outcomeOf({ subject: { name: 'mine' }, runs: [run(['exact']), run(golden, fresh)] })).toBe(outcome);
  });
});

test('count counts golden cases alone, countFresh fresh programs alone', () => {
  const all: Verdict[] = ['exact', 'exact', 'failed', 'unsupported'];
  const mixed = run(all, ['failed', 'bounded', 'bounded', 'broken']);
  const verdicts: Verdict[] = ['exact', 'bounded', 'failed', 'unsupported', 'broken'];
  expect(verdicts.map((verdict) => count(mixed, verdict))).toEqual([2, 0, 1, 1, 0]);
  expect(verdicts.map((verdict) => countFresh(mixed, verdict))).toEqual([0, 2, 1, 0, 1]);
  expect(countFresh(run(all), 'failed')).toBe(0);
});

test.each<readonly [string, readonly Verdict[]]>([
  ['conforms', ['exact', 'bounded']],
  ['differs', ['exact', 'failed']],
  ['broken', ['failed', 'broken']],
])('fresh programs %s where their verdicts are %j', (verdict, fresh) => {
  expect(freshVerdict(run(['failed', 'broken'], fresh))).toBe(verdict);
});

test('a reference is of a version and an arithmetic', () => {
  expect(targetOf('torch-2.13.0/fused')).toEqual({ version: '2.13.0', arithmetic: 'fused' });
});

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
  isWithoutItsValues,
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
    // Nobody asked for cases of what the port does not claim: programs that nobody has seen do not change that.
    ['none ran', ['unsupported'], ['exact']],
  ])('is %j of golden cases %j and fresh programs %j', (outcome, golden, fresh) => {
    expect(outcomeOf({ subject: { name: 'mine' }, runs: [run(['exact']), run(golden, fresh)] })).toBe(outcome);
  });
});

describe('of a port that fixes a value which no golden case has', () => {
  const fixing = (fresh: readonly Partial<CaseResult>[]): Run => {
    const unclaimed = [['eps=1e-5'], ['eps=1e-5', 'momentum']] as CaseResult['unclaimed'][];
    const cases = results(['unsupported', 'unsupported']).map((one, i) => ({ ...one, unclaimed: unclaimed[i]! }));
    const made = results(fresh.map(() => 'exact')).map((one, i) => ({ ...one, ...fresh[i] }));
    return { ...run([], []), cases, fresh: { count: made.length, seed: 1, results: made, programs: new Map() } };
  };
  const determined = (compared: number): Partial<CaseResult> => ({
    verdict: 'bounded',
    determined: { compared, differing: 0 },
  });

  test.each<readonly [Outcome, readonly Partial<CaseResult>[]]>([
    ['conforms', [{ verdict: 'exact' }]],
    ['conforms', [determined(3)]],
    ['none ran', [determined(0)]],
    ['none ran', []],
    ['differs', [{ verdict: 'exact' }, { verdict: 'failed' }]],
    ['broken', [{ verdict: 'broken' }, { verdict: 'failed' }]],
  ])('the outcome is %j where its fresh programs are %j', (outcome, fresh) => {
    const own = fixing(fresh);
    expect(isWithoutItsValues(own)).toBe(true);
    expect(outcomeOf({ subject: { name: 'mine' }, runs: [own] })).toBe(outcome);
  });

  test('it is one whose claims would else admit a case', () => {
    const lacks = results(['unsupported']).map((one) => ({ ...one, unclaimed: ['eps=1e-5', 'momentum'] as const }));
    expect(isWithoutItsValues({ cases: lacks })).toBe(false);
    expect(isWithoutItsValues({ cases: [...fixing([]).cases, ...results(['exact'])] })).toBe(false);
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

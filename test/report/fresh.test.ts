import { describe, expect, test } from 'vitest';
import type { Difference } from '../../src/conformance/difference.ts';
import type { CaseResult, Run, Verdict } from '../../src/conformance/verdicts.ts';
import { freshLines, freshSummary } from '../../src/report/fresh.ts';

const result = (verdict: Verdict, more: Partial<CaseResult> = {}): CaseResult => ({
  ...{ id: `fresh/seed=7/${verdict}`, area: 'fresh', profile: 'numbers', clauses: [], verdict },
  ...more,
});

function run(fresh: readonly CaseResult[] | undefined, golden: readonly CaseResult[] = [result('exact')]): Run {
  return {
    ...{ reference: 'torch-2.13.0/separate', arithmetic: 'separate', claims: [], compared: [], cases: golden },
    ...(fresh && { fresh: { count: fresh.length, seed: 7, results: fresh, programs: new Map() } }),
  };
}

const lines = (fresh?: readonly CaseResult[]): string[] =>
  freshLines(run(fresh), 'npx rmsproof check ./mine.ts', (_, text) => text);

const difference: Difference = {
  ...{ op: 1, operation: 'train', facet: 'numbers', where: 'step 1, p0[0]' },
  ...{ expected: '1 (3f800000)', actual: '2 (40000000)' },
};

describe('fresh programs are one line', () => {
  test('where they conform', () => {
    expect(lines([result('exact'), result('bounded'), result('exact')])).toEqual([
      '  3 fresh programs (seed 7) conform: 2 exact, 1 bounded',
    ]);
  });

  test('and none where none were tried', () => {
    expect(lines()).toEqual([]);
  });
});

test('the first that differs is shown, with the command that repeats it', () => {
  expect(lines([result('exact'), result('failed', { difference, settled: 1234 }), result('failed')])).toEqual([
    '  3 fresh programs (seed 7) differ: 1 exact, 2 failed',
    '',
    '  FAILED fresh/seed=7/failed',
    '    operation 1 (train), step 1, p0[0]   [numbers]',
    '      expected  1 (3f800000)',
    '      actual    2 (40000000)',
    "    rounding may decide here, but the port has PyTorch's bits in all 1,234",
    '        numbers where it cannot: it has to have them here',
    '    expected by the port of this package; --reporter json has the program',
    "    npx rmsproof check ./mine.ts --reference 'torch-2.13.0/separate' --seed 7 --fresh 3",
  ]);
});

test('the first that breaks the adapter is shown', () => {
  expect(lines([result('broken', { broken: 'no step' })]).slice(0, 4)).toEqual([
    '  1 fresh programs (seed 7) broke the adapter: 1 broken',
    '',
    '  BROKEN fresh/seed=7/broken',
    '    no step',
  ]);
});

test('the last line says that a port is right on the golden inputs alone, if it is', () => {
  const fresh = [result('exact'), result('failed', { difference })];
  expect(freshSummary([run(fresh)])).toBe(
    '; 1 of 2 fresh programs failed: the port is right on the golden inputs alone',
  );
  expect(freshSummary([run(fresh, [result('failed')])])).toBe('; 1 of 2 fresh programs failed');
  expect(freshSummary([run([result('exact')]), run(undefined)])).toBe('');
});

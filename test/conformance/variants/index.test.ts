/**
 * Every wrong variant fails, first where theory says. That it does in every case that catches it takes long.
 */
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../src/golden/read.ts';
import { run } from '../../../src/conformance/run.ts';
import { type CaseResult } from '../../../src/conformance/verdicts.ts';
import { variants } from '../../../src/conformance/variants/index.ts';

const golden = readGolden(undefined, (name) => /^(step\/(flags|lr-change)|numerics\/negative-variance)-/.test(name));

/** Where theory says that a rule first shows, in one case of each dtype: the operation, the step and what differs. */
const THEORY: Readonly<
  Record<string, { readonly file?: string; readonly only: string; readonly step: number; readonly why: string }>
> = {
  'eps-inside-root': { only: 'plain+foreach=false', step: 1, why: 'the first denominator has the wrong eps' },
  'lr-inside-buffer': {
    only: 'momentum+foreach=false',
    step: 1,
    why: 'lr * (g / avg) rounds where (lr * g) / avg does not',
  },
  'decoupled-weight-decay': { only: 'weight_decay+foreach=false', step: 1, why: 'the first gradient lacks its decay' },
  'clamped-variance': {
    file: 'numerics/negative-variance',
    only: 'alpha=1.5+centered',
    step: 1,
    why: 'alpha above 1 takes squares away from nothing',
  },
  'stale-mean': { only: 'centered+foreach=false', step: 1, why: 'the first variance lacks its mean' },
};

test('every variant has its theory', () => {
  expect(variants.map(({ name }) => name).sort()).toEqual(Object.keys(THEORY).sort());
});

describe.each(variants)('$name', ({ name, source }) => {
  test('fails in some of the cases that catch it', async () => {
    const cases = golden.cases.filter(({ catches }) => catches.includes(name)).filter((_, i) => i % 11 === 0);
    expect(cases.length).toBeGreaterThan(2);
    const { runs } = await run({ ...golden, cases }, source, { references: ['torch-2.13.0/separate'] });
    expect(runs[0]!.cases.filter(({ verdict }) => verdict !== 'failed').map(({ id }) => id)).toEqual([]);
  });

  test.each(['float32', 'float64'])('first shows where theory says, in %s', async (dtype) => {
    const { file = 'step/flags', only, step } = THEORY[name]!;
    const chosen = golden.cases.filter(({ id }) => id === `${file}-${dtype}/${only}`);
    const { runs } = await run({ ...golden, cases: chosen }, source, { references: ['torch-2.13.0/separate'] });
    const [result] = runs[0]!.cases as [CaseResult];
    expect(result.difference).toMatchObject({ operation: 'train', facet: 'numbers', step });
    expect(Object.keys(chosen[0]!.scenario.tensors)).toContain(result.difference!.tensor);
  });
});

test('lr-inside-buffer is far off as soon as lr changes with momentum on', async () => {
  const { source } = variants.find(({ name }) => name === 'lr-inside-buffer')!;
  const cases = golden.cases.filter(({ id }) => id === 'step/lr-change-float64/momentum+foreach=false');
  const subject = await source.open({ version: '2.13.0', arithmetic: 'separate' });
  const actual = await subject.run(cases[0]!.scenario);
  const expected = cases[0]!.observed.get('torch-2.13.0/separate')!;
  const first = (o: (typeof actual)[number], i: number): number =>
    Number(BigInt(`0x${o.steps![i]!['scalar']!}`) >> 20n);
  // Operation 1 trains with the first lr, operation 3 with a ten times greater one.
  expect(Math.abs(first(actual[1]!, 7) - first(expected[1]!, 7))).toBeLessThan(2);
  expect(Math.abs(first(actual[3]!, 0) - first(expected[3]!, 0))).toBeGreaterThan(1_000_000);
});

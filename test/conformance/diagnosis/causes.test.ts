import { describe, expect, test } from 'vitest';
import { causesOf, plainnessOf } from '../../../src/conformance/diagnosis/causes.ts';
import type { CaseResult } from '../../../src/conformance/verdicts.ts';
import type { Case } from '../../../src/golden/types.ts';
import { toBits } from '../../../src/tensor/bits.ts';

const difference = {
  ...{ operation: 'train', index: 1, where: 'step 1, w[0]', facet: 'numbers' },
  ...{ expected: '1', actual: '2' },
} as unknown as NonNullable<CaseResult['difference']>;
const failed = (id: string, other: Partial<typeof difference> = {}): CaseResult => ({
  ...{ id, area: 'step', profile: 'numbers', clauses: ['RMS-1'], verdict: 'failed' },
  difference: { ...difference, ...other } as typeof difference,
});
const broken = (id: string, text: string): CaseResult => ({
  ...{ id, area: 'step', profile: 'numbers', clauses: ['RMS-1'], verdict: 'broken', broken: text },
});

test('one error text in many cases is one cause, and what broke comes first', () => {
  const error = { expected: 'no error', actual: 'TypeError: x is not a function' };
  const many = Array.from({ length: 70 }, (_, i) => failed(`step/a/${i}`, error));
  expect(causesOf([...many, failed('step/a/n'), broken('step/a/b', 'case step/a/b hung')])).toEqual([
    { says: 'the adapter broke: case … hung', cases: 1, plainest: 'step/a/b' },
    { says: 'train throws TypeError: x is not a function', cases: 70, plainest: 'step/a/0' },
    { says: 'numbers differ', cases: 1, plainest: 'step/a/n' },
  ]);
});

test.each([
  [{ actual: 'no error', expected: 'ValueError: no' }, 'train does not throw ValueError: no'],
  [{ facet: 'messages', actual: 'Invalid' }, 'another text: Invalid'],
  [{ where: 'gradients that steps changed' }, 'steps change gradients'],
  [{ facet: 'state' }, 'buffers of the state differ'],
  [{ facet: 'bookkeeping' }, 'bookkeeping: train'],
] as const)('%o is said as "%s"', (other, says) => {
  expect(causesOf([failed('step/a/b', other as Partial<typeof difference>)])[0]?.says).toBe(says);
});

describe('the plainest case', () => {
  const made = (id: string, numbers: readonly number[], tensors: readonly string[], needs: Case['needs']): Case => {
    const bits = toBits(Float32Array.from(numbers));
    const spec = { dtype: 'float32', shape: [numbers.length], bits, parameter: true } as const;
    const step = Object.fromEntries(tensors.map((name) => [name, bits]));
    return {
      ...{ id, area: 'step', file: 'step/a', clauses: [], needs, catches: [], observed: new Map() },
      scenario: {
        ...{ id, tensors: Object.fromEntries(tensors.map((name) => [name, spec])), gradients: { g: [step] } },
        program: [{ op: 'train', gradients: 'g', steps: 1 }],
      },
    };
  };

  test('has ordinary numbers, then one tensor, then few needs', () => {
    const cases = [
      made('step/a/huge', [1e30], ['w'], []),
      made('step/a/two', [1], ['w', 'b'], []),
      made('step/a/needs', [0.5, 0], ['w'], ['momentum']),
      made('step/a/plain', [0.5, 0], ['w'], []),
    ];
    const plainness = plainnessOf(cases);
    expect(
      causesOf(
        cases.map(({ id }) => failed(id)),
        plainness,
      )[0]?.plainest,
    ).toBe('step/a/plain');
    expect(
      causesOf(
        cases.slice(0, 3).map(({ id }) => failed(id)),
        plainness,
      )[0]?.plainest,
    ).toBe('step/a/needs');
    expect(
      causesOf(
        cases.slice(0, 2).map(({ id }) => failed(id)),
        plainness,
      )[0]?.plainest,
    ).toBe('step/a/two');
    expect(plainness('step/a/unknown')).toEqual([]);
  });
});

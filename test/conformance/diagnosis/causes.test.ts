import { describe, expect, test } from 'vitest';
import type { Difference } from '../../../src/conformance/difference.ts';
import { causesOf, groupedByCause, plainnessOf } from '../../../src/conformance/diagnosis/causes.ts';
import type { Case } from '../../../src/golden/types.ts';
import { toBits } from '../../../src/tensor/bits.ts';
import { result } from '../../fixtures/report.ts';

const failed = (id: string, more: Partial<Difference>) =>
  result('failed', {
    id,
    difference: {
      ...{ op: 1, operation: 'train', facet: 'numbers', where: 'step 1, w', expected: '1', actual: '2' },
      ...more,
    },
  });

test('what broke comes first, then the causes of most cases, each with its plainest', () => {
  const results = [
    failed('a', {}),
    failed('b', {}),
    failed('c', { facet: 'state' }),
    result('exact'),
    result('broken', { id: 'd', broken: 'case d: no step' }),
  ];
  const plainness = (id: string): readonly number[] => [id === 'b' ? 0 : 1];
  expect(causesOf(results, plainness)).toEqual([
    { says: 'the adapter broke: case …: no step', cases: 1, plainest: 'd' },
    { says: 'numbers differ', cases: 2, plainest: 'b' },
    { says: 'buffers of the state differ', cases: 1, plainest: 'c' },
  ]);
  expect(groupedByCause(results, plainness)[1]!.results.map(({ id }) => id)).toEqual(['b', 'a']);
});

test.each([
  ['no error', 'ValueError: x', 'errors', 'the operation', 'train throws ValueError: x'],
  ['ValueError: x', 'no error', 'errors', 'the operation', 'train does not throw ValueError: x'],
  ['no error, 3 steps', 'ValueError: x after 1 step', 'errors', 'how it ended', 'train throws ValueError: x'],
  ['ValueError: x after 0 steps', 'no error, 3 steps', 'errors', 'how it ended', 'train does not throw ValueError: x'],
  ['ValueError: x', 'ValueError: y', 'messages', 'the error', 'another text: ValueError: y'],
  ['none', 'w', 'numbers', 'gradients that steps changed', 'steps change gradients'],
  ['1', '2', 'bookkeeping', 'state of w, step', 'bookkeeping: train'],
] as const)('expected %j, got %j: a cause in words', (expected, actual, facet, where, says) => {
  expect(causesOf([failed('a', { expected, actual, facet, where })])[0]!.says).toBe(says);
});

test('one error text in seventy cases is one cause', () => {
  const error = { expected: 'no error', actual: 'TypeError: x is not a function', facet: 'errors' } as const;
  const many = Array.from({ length: 70 }, (_, i) => failed(`step/a/${i}`, error));
  expect(causesOf(many)).toEqual([
    { says: 'train throws TypeError: x is not a function', cases: 70, plainest: 'step/a/0' },
  ]);
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
        cases.map(({ id }) => failed(id, {})),
        plainness,
      )[0]?.plainest,
    ).toBe('step/a/plain');
    expect(
      causesOf(
        cases.slice(0, 3).map(({ id }) => failed(id, {})),
        plainness,
      )[0]?.plainest,
    ).toBe('step/a/needs');
    expect(
      causesOf(
        cases.slice(0, 2).map(({ id }) => failed(id, {})),
        plainness,
      )[0]?.plainest,
    ).toBe('step/a/two');
    expect(plainness('step/a/unknown')).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import type { Difference } from '../../../src/conformance/difference.ts';
import { causesOf, groupedByCause } from '../../../src/conformance/diagnosis/causes.ts';
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

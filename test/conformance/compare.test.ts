import { expect, test } from 'vitest';
import { compare } from '../../src/conformance/compare.ts';
import { FACETS } from '../../src/scenario/needs.ts';
import type { Scenario, TensorValue } from '../../src/scenario/types.ts';

const scenario: Scenario = {
  id: 'errors/int64/example',
  tensors: { i: { dtype: 'int64', shape: [2], bits: '0000000000000000 0000000000000000' } },
  gradients: {},
  program: [{ op: 'read', tensors: ['i'] }],
};

function differenceOf(expected: TensorValue, actual: TensorValue): object | undefined {
  const read = ($tensor: TensorValue): { value: { $dict: [['i', { $tensor: TensorValue }]] } } => ({
    value: { $dict: [['i', { $tensor }]] },
  });
  return compare(scenario, [read(expected)], [read(actual)], new Set(FACETS)).first;
}

const integers = (bits: string): TensorValue => ({ dtype: 'int64', shape: [2], bits: `0000000000000001 ${bits}` });

test('integers agree when they have the same bits, and are shown in decimal, without ulps', () => {
  expect(differenceOf(integers('ffffffffffffffff'), integers('ffffffffffffffff'))).toBeUndefined();
  const difference = differenceOf(integers('ffffffffffffffff'), integers('8000000000000000'));
  expect(difference).toMatchObject({
    ...{ facet: 'numbers', where: 'i[1]', element: [1] },
    ...{ expected: '-1 (ffffffffffffffff)', actual: '-9223372036854775808 (8000000000000000)' },
  });
  expect(difference).not.toHaveProperty('ulps');
});

test('integers with the bits of NaNs are not alike', () => {
  expect(differenceOf(integers('7ff8000000000000'), integers('7ff8000000000001'))).toMatchObject({ where: 'i[1]' });
});

test('integers and floating-point numbers differ in their element type', () => {
  const doubles: TensorValue = { dtype: 'float64', shape: [2], bits: '3ff0000000000000 bff0000000000000' };
  expect(differenceOf(integers('ffffffffffffffff'), doubles)).toMatchObject({
    ...{ facet: 'numbers', where: 'i', expected: 'int64 of shape [2]', actual: 'float64 of shape [2]' },
  });
});

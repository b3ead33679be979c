import { expect, test } from 'vitest';
import { TapeOps } from '../../src/conformance/stock.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const tensor = (...numbers: number[]): Tensor =>
  new Tensor({ dtype: 'float32', shape: [numbers.length], data: Float32Array.from(numbers) });
const FOUR = { dtype: 'float32', input: '40800000', output: '40000001' } as const;

test('a root is taken from the tape, whatever IEEE says', () => {
  const ops = new TapeOps('separate', [FOUR]);
  expect(ops.sqrt(tensor(4)).elements()[0]).toBe(2.000000238418579);
  ops.end();
  expect(ops.mismatch).toBeUndefined();
});

test('a tape that ends early is an adapter error', () => {
  const ops = new TapeOps('separate', [FOUR]);
  ops.sqrt(tensor(4));
  expect(() => ops.sqrt(tensor(4))).toThrow('the tape ends after 1 square roots; the port takes one more');
});

test('a tape that is too long is an adapter error', () => {
  const ops = new TapeOps('separate', [FOUR, FOUR]);
  ops.sqrt(tensor(4));
  expect(() => ops.end()).toThrow('the port took 1 square roots, the tape holds 1 more');
});

test('a root of something else is a difference, the first of which is kept', () => {
  const ops = new TapeOps('separate', [FOUR, FOUR]);
  ops.sqrt(tensor(9));
  ops.sqrt(tensor(16));
  expect(ops.mismatch).toEqual({ root: 1, expected: 'float32 40800000', actual: 'float32 41100000' });
});

test('a tape with too few roots of a tensor is an adapter error', () => {
  const ops = new TapeOps('separate', [FOUR]);
  expect(() => ops.sqrt(tensor(4, 4))).toThrow('square root 1: expected 2 elements on the tape, got 1');
});

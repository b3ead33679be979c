import { expect, test } from 'vitest';
import { allocate } from '../../src/tensor/dtype.ts';
import { same_shape, Tensor } from '../../src/tensor/tensor.ts';

function tensor(shape: readonly number[], strides?: readonly number[]): Tensor {
  return new Tensor({ dtype: 'float32', shape, data: allocate('float32', 12), ...(strides ? { strides } : {}) });
}

test.each([
  [[2, 3], [2, 3], true],
  [[2, 3], [3, 2], false],
  [[2, 3], [2, 3, 1], false],
  [[], [], true],
  [[], [1], false],
])('shapes %j and %j are the same: %j', (a, b, same) => {
  expect(same_shape(tensor(a), tensor(b))).toBe(same);
});

test('a tensor knows its size and whether C order is storage order', () => {
  const [plain, transposed, empty] = [tensor([2, 3]), tensor([2, 3], [1, 2]), tensor([0, 3], [1, 1])];
  expect([plain, transposed, empty].map((t) => t.numel())).toEqual([6, 6, 0]);
  expect([plain, transposed, empty].map((t) => t.is_contiguous())).toEqual([true, false, true]);
  expect(plain.offsets()).toBeUndefined();
  expect(transposed.offsets()).toEqual(Int32Array.of(0, 2, 4, 1, 3, 5));
});

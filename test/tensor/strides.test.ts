import { expect, test } from 'vitest';
import { denseStrides, isContiguous } from '../../src/tensor/strides.ts';

// Measured with zeros_like on torch 2.13.0 and 2.1.2: shape, strides, whether contiguous, strides of the result.
test.each([
  [[4, 3], [6, 2], false, [3, 1]],
  [[4, 3], [1, 8], false, [1, 4]],
  [[5, 3, 4], [1, 40, 10], false, [1, 20, 5]],
  [[2, 5, 4, 3], [120, 2, 30, 10], false, [60, 1, 15, 5]],
  [[1, 5], [1, 1], true, [1, 1]],
  [[0, 3], [1, 1], true, [1, 1]],
  [[1, 3], [6, 2], false, [3, 1]],
  [[3, 4], [0, 1], false, [4, 1]],
  [[3, 4], [1, 0], false, [4, 1]],
  [[2, 3, 1, 1], [3, 1, 3, 3], true, [3, 1, 3, 3]],
  [[2, 1, 3, 4], [12, 12, 4, 1], true, [12, 12, 4, 1]],
  [[2, 1, 3, 4], [12, 1, 4, 1], true, [12, 1, 4, 1]],
  [[0, 1], [2, 2], true, [2, 2]],
  [[4, 1], [2, 2], false, [1, 1]],
  [[2, 1, 2], [1, 0, 2], false, [1, 0, 2]],
  [[1, 3, 1], [1, 0, 6], false, [1, 1, 3]],
])('zeros like shape %j with strides %j', (shape, strides, contiguous, dense) => {
  expect(isContiguous(shape, strides)).toBe(contiguous);
  expect(denseStrides(shape, strides)).toEqual(dense);
});

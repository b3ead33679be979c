import { expect, test } from 'vitest';
import { RuntimeError } from '../../src/python/errors.ts';
import { broadcastShape } from '../../src/tensor/broadcast.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const ones = (shape: readonly number[]): Tensor =>
  new Tensor({ dtype: 'float32', shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });

test('shapes are put together from the last dimension', () => {
  expect(broadcastShape([ones([2, 1]), ones([3])])).toEqual([2, 3]);
  expect(broadcastShape([ones([]), ones([2, 0])])).toEqual([2, 0]);
});

// As addcmul_ of torch 2.1.2 and 2.15.0 says.
test.each([
  [
    [
      [8, 4],
      [4, 8],
      [4, 8],
    ],
    'The size of tensor a (4) must match the size of tensor b (8) at non-singleton dimension 1',
  ],
  [
    [
      [2, 3],
      [2, 3],
      [3, 2],
    ],
    'The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1',
  ],
  [
    [
      [2, 3, 4],
      [2, 4, 3],
      [2, 4, 3],
    ],
    'The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension 2',
  ],
  [[[2, 3], [4], [5, 3]], 'The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1'],
  [
    [
      [3, 4],
      [5, 1],
      [1, 6],
    ],
    'The size of tensor a (3) must match the size of tensor b (5) at non-singleton dimension 0',
  ],
])('of dimensions that do not match the last is named: %j', (shapes, message) => {
  expect(() => broadcastShape(shapes.map(ones))).toThrow(new RuntimeError(message));
});

import { describe, expect, test } from 'vitest';
import { allocate } from '../../src/tensor/dtype.ts';
import { RuntimeError } from '../../src/python/errors.ts';
import { sameShape } from '../../src/tensor/strides.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';
import type { TensorInit } from '../../src/tensor/tensor-init.ts';

const three = { dtype: 'float32', shape: [3], data: new Float32Array(3) } as const;

describe('a tensor is refused', () => {
  test.each([
    ['of too few elements', { shape: [4] }, 'data of shape [4]: expected 4 elements, got 3'],
    ['of too many elements', { shape: [] }, 'data of shape []: expected 1 elements, got 3'],
    ['whose data are of another dtype', { dtype: 'float64' }, 'data of float64: expected a Float64Array'],
    ['whose data are no typed array', { data: [1, 2, 3] }, 'data of float32: expected a Float32Array'],
    [
      'of integers whose data are none',
      { dtype: 'int64', data: Float64Array.of(1, 2.5, 3) },
      'data of int64: expected integers, got 2.5',
    ],
    [
      'of a dtype that there is not',
      { dtype: 'float8_e4m3fn' },
      'unknown dtype float8_e4m3fn; known are float32, float64, float16, bfloat16, complex64, complex128, int64, bool',
    ],
    ['with too many strides', { strides: [1, 1] }, 'strides of shape [3]: expected 1, got 2'],
    [
      'whose strides reach beyond its data',
      { strides: [2] },
      'data of shape [3] and strides [2]: expected at least 5 elements, got 3',
    ],
  ])('%s', (_, spoilt, message) => {
    expect(() => new Tensor({ ...three, ...spoilt } as TensorInit)).toThrow(new RangeError(message));
  });
});

test('integers are refused where they would require grad, in PyTorch’s words', () => {
  const integers = { dtype: 'int64', shape: [1], data: Float64Array.of(3) } as const;
  const refusal = new RuntimeError('Only Tensors of floating point and complex dtype can require gradients');
  expect(new Tensor(integers).item()).toBe(3);
  expect(() => new Parameter(integers)).toThrow(refusal);
  expect(() => new Tensor({ ...integers, requires_grad: true })).toThrow(refusal);
});

test('a parameter of a tensor is over its elements, as in PyTorch', () => {
  const tensor = new Tensor({ dtype: 'float32', shape: [2, 1], strides: [2, 1], data: Float32Array.of(1, 2, 3) });
  const parameter = new Parameter(tensor);
  expect([parameter.shape, parameter.strides, parameter.requires_grad]).toEqual([[2, 1], [2, 1], true]);
  parameter.storage[2] = 4;
  parameter.bump_version();
  expect([...tensor.elements(), tensor._version]).toEqual([1, 4, 1]);
});

test('a tensor may leave out elements of its storage, and may have none', () => {
  expect([...new Tensor({ ...three, shape: [2], strides: [2] }).elements()]).toEqual([0, 0]);
  expect(new Tensor({ ...three, shape: [0, 3], data: new Float32Array(0) }).numel()).toBe(0);
});

function tensor(shape: readonly number[], strides?: readonly number[]): Tensor {
  const numel = shape.reduce((product, size) => product * size, 1);
  return new Tensor({ dtype: 'float32', shape, data: allocate('float32', numel), ...(strides ? { strides } : {}) });
}

test.each([
  [[2, 3], [2, 3], true],
  [[2, 3], [3, 2], false],
  [[2, 3], [2, 3, 1], false],
  [[], [], true],
  [[], [1], false],
])('shapes %j and %j are the same: %j', (a, b, same) => {
  expect(sameShape(tensor(a), tensor(b))).toBe(same);
});

test('a tensor knows its size and whether C order is storage order', () => {
  const [plain, transposed, empty] = [tensor([2, 3]), tensor([2, 3], [1, 2]), tensor([0, 3], [1, 1])];
  expect([plain, transposed, empty].map((t) => t.numel())).toEqual([6, 6, 0]);
  expect([plain, transposed, empty].map((t) => t.is_contiguous())).toEqual([true, false, true]);
  expect(plain.offsets()).toBeUndefined();
  expect(transposed.offsets()).toEqual(Int32Array.of(0, 2, 4, 1, 3, 5));
});

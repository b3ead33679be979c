/**
 * What autograd refuses, by exact type and text, as twin.py recorded it; and what only our own autograd refuses.
 */
import { afterEach, describe, expect, test } from 'vitest';
import {
  addcmul_,
  add_,
  backward,
  clone,
  expand,
  gradcheck,
  matmul,
  mul,
  mul_,
  narrow,
  sqrt,
  sum,
  t,
  tanh,
  view,
} from '../../src/autograd.ts';
import { NEWEST, type Reference, setTensorReference } from '../../src/tensor/aten.ts';
import type { DType } from '../../src/tensor/dtype.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { recordings } from './recorded.ts';

afterEach(() => setTensorReference(NEWEST));

const floats = (shape: readonly number[], ...numbers: number[]): Tensor =>
  new Tensor({ dtype: 'float32', shape, data: Float32Array.from(numbers) });
const leafOf = (): Tensor =>
  new Tensor({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2), requires_grad: true });
const ones = (dtype: DType, ...shape: number[]): Tensor => {
  const numel = shape.reduce((n, size) => n * size, 1);
  const data = dtype === 'float64' ? new Float64Array(numel) : new Float32Array(numel);
  return new Tensor({ dtype, shape, data: data.fill(1) });
};

/** Goes back from what was made of a clone, after something was written. */
function written(make: (x: Tensor) => Tensor, write: (x: Tensor, made: Tensor) => void): void {
  const x = clone(leafOf());
  const made = make(x);
  write(x, made);
  sum(made).backward();
}

/** By the names that twin.py has. */
const ACTS: Readonly<Record<string, () => unknown>> = {
  leaf: () => mul_(leafOf(), 2),
  'view of leaf': () => mul_(narrow(leafOf(), 0, 1), 2),
  'several elements': () => clone(leafOf()).backward(),
  shape: () => clone(leafOf()).backward(ones('float32', 3)),
  'no history': () => floats([2], 1, 2).backward(floats([2], 1, 2)),
  'no history, one element': () => sum(floats([2], 1, 2)).backward(),
  'second without history': () =>
    backward([
      { tensor: clone(leafOf()), gradient: floats([2], 1, 2) },
      { tensor: floats([2], 1, 2), gradient: floats([2], 1, 2) },
    ]),
  twice() {
    const leaf = leafOf();
    const loss = sum(mul(leaf, leaf));
    loss.backward();
    loss.backward();
  },
  'operand written': () =>
    written(
      (x) => mul(x, x),
      (x) => mul_(x, 2),
    ),
  'root written': () => written(sqrt, (_, made) => add_(made, 1)),
  'tanh written': () => written(tanh, (_, made) => add_(made, 1)),
  'matrix written'() {
    const [a, matrix] = [ones('float32', 2, 3), ones('float32', 3, 2)];
    a.requires_grad = true;
    const made = matmul(a, matrix);
    add_(matrix, 1);
    sum(made).backward();
  },
  'itself multiplied': () =>
    written(
      (x) => mul_(x, x),
      () => {},
    ),
  'itself in addcmul': () =>
    written(
      (x) => addcmul_(x, x, x),
      () => {},
    ),
  retain_grad: () => floats([2], 1, 2).retain_grad(),
  matrices: () => matmul(ones('float32', 2, 3), ones('float32', 2, 3)),
  'matrix dtypes': () => matmul(ones('float32', 2, 2), ones('float64', 2, 2)),
  view: () => view(floats([2], 1, 2), [3]),
  expand: () => expand(floats([2], 1, 2), [2, 3]),
};

describe.each(recordings)('PyTorch $version', ({ version, refusals }) => {
  test.each(Object.keys(refusals))('%s', (name) => {
    setTensorReference(version.split('.').slice(0, 2).join('.') as Reference);
    let said: unknown = 'nothing thrown';
    try {
      ACTS[name]!();
    } catch (error) {
      said = { type: (error as Error).name, message: (error as Error).message };
    }
    expect(said).toEqual(refusals[name]);
  });

  test('nothing else is tried', () => {
    expect(Object.keys(ACTS)).toEqual(Object.keys(refusals));
  });
});

test('shapes that only this library refuses', () => {
  expect(() => matmul(floats([2], 1, 2), ones('float32', 2, 2))).toThrow('matmul: expected two matrices');
  expect(() => t(ones('float32', 1, 1, 1))).toThrow('t() expects a tensor with <= 2 dimensions, but self is 3D');
  expect(() => narrow(floats([2], 1, 2), 1, 2)).toThrow('start (1) + length (2) exceeds dimension size (2).');
  expect(() => view(t(ones('float32', 2, 3)), [6])).toThrow('view size is not compatible');
});

test('gradcheck wants float64 leaves that require grad', () => {
  expect(() => gradcheck(() => [], [leafOf()])).toThrow(
    'input 0 of gradcheck: expected a float64 leaf that requires grad',
  );
});

import { describe, expect, it } from 'vitest';
import { exactly, UNDETERMINED, ZERO } from '../../../src/conformance/bounds/interval.ts';
import { IntervalOps } from '../../../src/conformance/bounds/interval-ops.ts';
import { arithmetics } from '../../../src/tensor/arithmetic/index.ts';
import { Tensor } from '../../../src/tensor/tensor.ts';

const K = 4;

describe('tensors beside their intervals', () => {
  const tensor = (...numbers: number[]): Tensor =>
    new Tensor({ dtype: 'float32', shape: [numbers.length], data: Float32Array.from(numbers) });

  it('are exact until an operation writes them, and again where they are written by hand', () => {
    const ops = new IntervalOps(arithmetics.separate, K);
    const x = ops.given(tensor(3, 5, 7));
    expect(ops.of(x)).toEqual([3, 5, 7].map(exactly));
    ops.mul_(x, 0.1);
    expect(ops.of(x).every(([low, high], i) => low < x.storage[i]! && x.storage[i]! < high)).toBe(true);
    x.storage[1] = 2;
    expect(ops.of(x)[1]).toEqual(exactly(2));
    expect(ops.of(x)[2]![0]).toBeLessThan(ops.of(x)[2]![1]);
  });

  it('share intervals where they share storage', () => {
    const ops = new IntervalOps(arithmetics.separate, K);
    const x = ops.given(tensor(3, 5, 7, 9));
    const everySecond = new Tensor({ dtype: 'float32', shape: [2], strides: [2], data: x.storage });
    ops.mul_(x, 0.1);
    expect(ops.of(everySecond)).toEqual([ops.of(x)[0], ops.of(x)[2]]);
    ops.add_(everySecond, 1);
    expect(ops.of(x)[2]).toEqual(ops.of(everySecond)[1]);
    expect(ops.of(x)[3]![0]).toBeLessThan(0.9);
  });

  it('are undetermined where they are a copy of others, and exact zeros where they are new', () => {
    const ops = new IntervalOps(arithmetics.separate, K);
    const x = ops.mul_(ops.given(tensor(3, 5)), 0.1);
    expect(ops.of(tensor(...x.storage))).toEqual([UNDETERMINED, UNDETERMINED]);
    expect(ops.of(tensor(0, 0))).toEqual([ZERO, ZERO]);
  });
});

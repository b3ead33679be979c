import { describe, expect, test } from 'vitest';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { arithmetics } from '../../src/tensor/arithmetic/index.ts';
import { set_grad_enabled } from '../../src/tensor/grad-mode.ts';
import { LostCopies, LostWrites } from '../../src/tensor/lost-writes.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';

const ops = new LostWrites(arithmetics.compiled);
const init = (x: number) => ({ dtype: 'float64', shape: [], data: Float64Array.of(x) }) as const;
const given = (x: number): Tensor => new Tensor(init(x));

const writes: readonly (readonly [string, (self: Tensor) => Tensor, number])[] = [
  ['mul_', (self) => ops.mul_(self, 2), 8],
  ['add_', (self) => ops.add_(self, given(2), 3), 10],
  ['addcmul_', (self) => ops.addcmul_(self, given(2), given(3)), 10],
  ['addcdiv_', (self) => ops.addcdiv_(self, given(6), given(3)), 6],
  ['fma_', (self) => ops.fma_(self, given(2), given(3)), 10],
  ['lerp_', (self) => ops.lerp_(self, given(8), 0.25), 5],
];

describe.each(writes)('%s', (_, write, written) => {
  test('is lost in a float64 tensor of no dimensions that was given', () => {
    const self = given(4);
    expect(write(self)).toBe(self);
    expect(self.item()).toBe(4);
  });

  test('is kept in a Parameter, and in what an operation made', () => {
    const kept = set_grad_enabled(false, () => write(new Parameter(init(4))));
    expect(kept.item()).toBe(written);
    for (const made of [ops.neg(given(-4)), ops.add(given(1), 3), ops.sqrt(given(16)), ops.div(given(8), given(2))])
      expect(write(made).item()).toBe(written);
    expect(write(ops.addcmul(given(1), given(1), given(3))).item()).toBe(written);
  });
});

describe('over lists', () => {
  const lists = new LostCopies(arithmetics.compiled);
  const vector = (x: number): Tensor => new Tensor({ dtype: 'float64', shape: [1], data: Float64Array.of(x) });

  test('a lerp with a weight of 0.5 or more moves back by the complement from where it is', () => {
    expect(lists.lerp_(given(4), given(8), 0.75).item()).toBe(3);
    expect(set_grad_enabled(false, () => lists.lerp_(new Parameter(init(4)), given(8), 0.75)).item()).toBe(7);
    expect(lists.lerp_(vector(4), vector(8), 0.75).item()).toBe(7);
  });

  test('nothing else is lost', () => {
    expect(lists.lerp_(given(4), given(8), 0.25).item()).toBe(5);
    expect([lists.mul_(given(4), 2).item(), lists.add_(given(4), given(2), 3).item()]).toEqual([8, 10]);
  });
});

test('a product with the int 0 is 0, of whatever it is', () => {
  const vector = new Tensor({ dtype: 'float64', shape: [3], data: Float64Array.of(Infinity, NaN, -1) });
  expect([...ops.mul_(vector, 0).elements()]).toEqual([0, 0, 0]);
  expect(
    ops.mul_(new Tensor({ dtype: 'float64', shape: [1], data: Float64Array.of(NaN) }), -0).elements()[0],
  ).toBeNaN();
  expect(new LostCopies(arithmetics.compiled).mul_(given(Infinity), 0).item()).toBeNaN();
});

test('float32, and tensors with dimensions, lose nothing', () => {
  const float32 = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(4) });
  const vector = new Tensor({ dtype: 'float64', shape: [1], data: Float64Array.of(4) });
  expect([ops.mul_(float32, 2).item(), ops.mul_(vector, 2).item()]).toEqual([8, 8]);
});

test.each([
  ['2.13', 0],
  ['2.14', 0.0025],
  ['2.15', 0.0025],
] as const)('a compiled step of %s keeps in square_avg %d', (reference, square_avg) => {
  const w = new Parameter(init(1));
  const optimizer = new RMSprop([w], { alpha: 0.99 }, { reference, arithmetic: 'compiled' });
  w.grad = given(0.5);
  optimizer.step();
  expect((optimizer.state.get(w) as { square_avg: Tensor }).square_avg.item()).toBeCloseTo(square_avg, 15);
});

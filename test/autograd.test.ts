/**
 * Trainings with autograd and RMSprop beside real PyTorch's from the same start.
 */
import { describe, expect, test } from 'vitest';
import { fromBits, toBits } from '../src/tensor/bits.ts';
import { hypergradient } from './autograd/hypergradient.ts';
import { recordings } from './autograd/recorded.ts';
import { train } from './autograd/two-moons.ts';

const bits = (numbers: readonly number[]): string[] => toBits(Float64Array.from(numbers)).split(' ');

describe.each(recordings)('PyTorch $version', ({ two_moons, hypergradient: hyper }) => {
  test('two moons one by one: 200 losses, equal in every bit', () => {
    expect(bits(train(two_moons, 1))).toEqual(two_moons.plain);
  });

  test('the same with momentum, centered and weight decay', () => {
    const options = { momentum: 0.9, centered: true, weight_decay: 1e-4 };
    expect(bits(train(two_moons, 1, options))).toEqual(two_moons.options);
  });

  // Over 200 rows PyTorch adds in an order of its own, and multiplies matrices with fused operations (spec/differentiable.md): a sum of n
  // numbers in another order is off by at most n * 2^-53 of the sum of their magnitudes, 2e-14 here, and a step of RMSprop, whose
  // size does not depend on that of the gradient, hands on such an error hardly enlarged as long as the gradient is not close to zero.
  test('two moons all at once: losses equal to ten digits, and the first to fourteen', () => {
    const wanted = fromBits('float64', two_moons.whole.join(' '));
    const losses = train(two_moons, 200);
    const off = losses.map((loss, i) => Math.abs(loss - wanted[i]!) / wanted[i]!);
    expect(off[0]).toBeLessThan(200 * 2 ** -53);
    expect(Math.max(...off)).toBeLessThan(1e-10);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 10);
  });

  test('a learning rate learnt through ten steps: rates, losses and derivatives, equal in every bit', () => {
    const { rates, losses, gradients } = hypergradient();
    expect(bits(gradients)).toEqual(hyper.gradients);
    expect(bits(losses)).toEqual(hyper.losses);
    expect(bits(rates)).toEqual(hyper.rates);
  });
});

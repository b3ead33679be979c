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
  // numbers in another order is off by at most n * 2^-53 of the sum of their magnitudes, 2e-14 here. What 200 steps make of that nobody has
  // derived, so of later losses no digits are promised.
  test('two moons all at once: the first loss equal to fourteen digits, and a training that arrives', () => {
    const wanted = fromBits('float64', two_moons.whole.join(' '));
    const losses = train(two_moons, 200);
    expect(Math.abs(losses[0]! - wanted[0]!) / wanted[0]!).toBeLessThan(200 * 2 ** -53);
    expect(wanted.at(-1)).toBeLessThan(wanted[0]! / 10);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 10);
  });

  test('a learning rate learnt through ten steps: rates, losses and derivatives, equal in every bit', () => {
    const { rates, losses, gradients } = hypergradient();
    expect(bits(gradients)).toEqual(hyper.gradients);
    expect(bits(losses)).toEqual(hyper.losses);
    expect(bits(rates)).toEqual(hyper.rates);
  });
});

/**
 * Inputs for scenarios: a seeded generator whose numbers are the same on every machine (integers and exact scalings only).
 */
import { toBits } from '../../src/tensor/bits.ts';
import { allocate, type DType, dtypeInfo, isHalf } from '../../src/tensor/dtype.ts';

/** Uniform numbers in [0, 1), 53 bits, from a 32-bit seed (splitmix32, two words a number). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

/** Bell-shaped numbers of variance 1: the sum of twelve uniforms, less six. */
export function bells(seed: number): () => number {
  const uniform = uniforms(seed);
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
}

/** Bit patterns of numbers, rounded to the dtype. */
export function bitsOf(dtype: DType, numbers: readonly number[]): string {
  const data = allocate(dtype, numbers.length);
  data.set(isHalf(dtype) ? numbers.map(dtypeInfo(dtype).round) : numbers);
  return toBits(data, dtype);
}

/**
 * What twin.py said in real PyTorch.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fromBits } from '../../src/tensor/bits.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import type { Thrown } from '../../src/scenario/types.ts';

/** Float64 numbers as hex bit patterns. */
type Bits = readonly string[];

/** A recording. */
export interface Recorded {
  readonly version: string;
  readonly two_moons: Readonly<Record<'points' | 'labels' | 'plain' | 'options' | 'whole', Bits>> & {
    readonly weights: readonly Bits[];
  };
  readonly hypergradient: Readonly<Record<'rates' | 'losses' | 'gradients', Bits>>;
  readonly refusals: Readonly<Record<string, Thrown>>;
  readonly views: Readonly<
    Record<string, { readonly numbers: Bits; readonly gradient: Bits; readonly grad_fn: readonly string[] }>
  >;
}

const folder = new URL('recorded/', import.meta.url);

/** Every recording, of the oldest version first. */
export const recordings: readonly Recorded[] = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recorded);

/** A float64 tensor of bit patterns. */
export function tensorOf(bits: Bits, shape: readonly number[], requires_grad = false): Tensor {
  return new Tensor({ dtype: 'float64', shape, data: fromBits('float64', bits.join(' ')), requires_grad });
}

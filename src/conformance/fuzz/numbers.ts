/**
 * Numbers worth trying: simple ones first, since counterexamples shrink towards the front.
 */
import fc from 'fast-check';
import { elementBits } from '../../tensor/bits.ts';
import type { OpmathDType } from '../../tensor/dtype.ts';

const EDGES: Readonly<Record<OpmathDType, readonly number[]>> = {
  float32: [1e-30, 1e30, 1e-42, 3.4e38, NaN, Infinity, -Infinity],
  float64: [1e-200, 1e200, 5e-324, 1.7e308, NaN, Infinity, -Infinity],
};

/** Bit patterns of one element: small numbers mostly, now and then an edge. */
export function elementOf(dtype: OpmathDType): fc.Arbitrary<string> {
  const plain = fc.constantFrom(1, 0.5, -1, 2, 0.1, -0.3, 0.01, 3);
  const spread = fc.double({ min: -10, max: 10, noNaN: true, noDefaultInfinity: true });
  const edge = fc.constantFrom(0, -0, ...EDGES[dtype]);
  return fc
    .oneof({ arbitrary: plain, weight: 5 }, { arbitrary: spread, weight: 4 }, { arbitrary: edge, weight: 2 })
    .map((x) => elementBits(dtype, x));
}

/** Values of options; a value that the constructor refuses is worth trying too, but not often. */
export const optionValues: Readonly<
  Record<'lr' | 'alpha' | 'eps' | 'weight_decay' | 'momentum', fc.Arbitrary<number>>
> = {
  lr: fc.constantFrom(0.01, 0.1, 1, 0.5, 1e-5, 0, 10),
  alpha: fc.constantFrom(0.99, 0.9, 0.5, 0.3, 0.999, 0, 1, 2),
  eps: fc.constantFrom(1e-8, 1e-3, 0.1, 1, 0),
  weight_decay: fc.constantFrom(0.1, 1, 0.01, 0),
  momentum: fc.constantFrom(0.9, 0.5, 1, 0.99, 0),
};

/** Values that the constructor refuses. */
export const refused: fc.Arbitrary<number> = fc.constantFrom(-1, -0.5);

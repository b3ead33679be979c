/**
 * A fused multiply-add in addcmul, add and lerp, not in addcdiv: PyTorch on an x86 CPU with AVX2 or AVX-512 (clause NUM-4).
 */
import { fma32, fma64 } from '../fma.ts';
import type { Arithmetic, Fma, Formulas, Round } from './arithmetic.ts';
import { half_scalars, halves } from './halves.ts';
import { loopsOf } from './loops.ts';

const formulas = (r: Round, fma: Fma): Formulas => ({
  addcmul: (self, t1, t2, value) => fma(r(value * t1), t2, self),
  addcdiv: (self, t1, t2, value) => r(self + r(r(value * t1) / t2)),
  add: (self, other, alpha) => fma(alpha, other, self),
  lerp: (start, end, weight, inBlock) => {
    const difference = r(end - start);
    if (Math.abs(weight) < 0.5) return fma(weight, difference, start);
    return inBlock ? fma(r(weight - 1), difference, end) : fma(-difference, r(1 - weight), end);
  },
});

const float32 = loopsOf(formulas(Math.fround, fma32));

/** Fused where the x86 wheels' AVX kernels fuse. */
export const fused: Arithmetic = {
  name: 'fused',
  loops: {
    float32,
    float64: loopsOf(formulas((x) => x, fma64)),
    ...halves(float32),
  },
  half_scalars,
  negates_from_zero: true,
};

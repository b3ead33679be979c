/**
 * A fused multiply-add in every compound operation, the product or quotient of the tensors before the scalar: PyTorch's CUDA
 * kernels, measured on an H100 (clause NUM-5).
 */
import { fma32, fma64 } from '../fma.ts';
import type { Arithmetic, Fma, Formulas, Round } from './arithmetic.ts';
import { loopsOf } from './loops.ts';

const formulas = (r: Round, fma: Fma): Formulas => ({
  addcmul: (self, t1, t2, value) => (value === 1 ? fma(t1, t2, self) : fma(value, r(t1 * t2), self)),
  addcdiv: (self, t1, t2, value) => fma(value, r(t1 / t2), self),
  add: (self, other, alpha) => fma(alpha, other, self),
  lerp: (start, end, weight) => {
    const difference = r(end - start);
    return Math.abs(weight) < 0.5 ? fma(weight, difference, start) : fma(-difference, r(1 - weight), end);
  },
});

const float32 = loopsOf(formulas(Math.fround, fma32));

/** Fused where the CUDA kernels fuse. */
export const cuda: Arithmetic = {
  name: 'cuda',
  loops: {
    float32,
    float64: loopsOf(formulas((x) => x, fma64)),
    float16: float32,
    bfloat16: float32,
  },
};

/**
 * A step that `torch.compile` compiled, on a CPU (clause NUM-8). Inductor writes the formulas anew, and writes those of the functions
 * over lists of tensors otherwise than those of the functions of one: this arithmetic has a table for each path.
 */
import { fma32, fma64 } from '../fma.ts';
import type { Arithmetic, Fma, Formulas, LoopsByDType, Round } from './arithmetic.ts';
import { loopsOf } from './loops.ts';

type Table = (r: Round, fma: Fma) => Formulas;

/** What both paths write alike; the complement of the weight is negated, so that of 1 is -0. */
const both = (r: Round, complement: (weight: number, given: number) => number): Pick<Formulas, 'add' | 'lerp'> => ({
  add: (self, other, alpha) => r(self + r(alpha * other)),
  lerp: (start, end, weight, _inBlock, given) => {
    const difference = r(end - start);
    if (Math.abs(weight) < 0.5) return r(start + r(weight * difference));
    return r(r(-complement(weight, given) * difference) + end);
  },
});

const forLoop: Table = (r, fma) => ({
  ...both(r, (_weight, given) => r(1 - given)),
  addcmul: (self, t1, t2, value) => (value === 1 ? fma(t1, t2, self) : fma(r(t1 * t2), value, self)),
  addcdiv: (self, t1, t2, value) => fma(r(t1 / t2), value, self),
});

const foreach: Table = (r) => ({
  ...both(r, (weight) => r(1 - weight)),
  addcmul: (self, t1, t2, value) => r(self + r(value * r(t1 * t2))),
  addcdiv: (self, t1, t2, value) => r(self + r(value * r(t1 / t2))),
});

const loops = (table: Table): LoopsByDType => {
  const float32 = loopsOf(table(Math.fround, fma32));
  return { float32, float64: loopsOf(table((x) => x, fma64)), float16: float32, bfloat16: float32 };
};

/** As Inductor's C++ code computes. */
export const compiled: Arithmetic = {
  name: 'compiled',
  loops: loops(forLoop),
  foreach: loops(foreach),
  scalars_overflow: true,
};

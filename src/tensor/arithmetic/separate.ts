/**
 * Every operation rounds: PyTorch on an x86 CPU without FMA (`ATEN_CPU_CAPABILITY=default`), and what plain JavaScript and
 * WebAssembly compute (clause NUM-3).
 */
import type { Arithmetic, Formulas, Round } from './arithmetic.ts';

const formulas = (r: Round): Formulas => ({
  addcmul: (self, t1, t2, value) => r(self + r(r(value * t1) * t2)),
  addcdiv: (self, t1, t2, value) => r(self + r(r(value * t1) / t2)),
  add: (self, other, alpha) => r(self + r(alpha * other)),
  lerp: (start, end, weight, inBlock) => {
    const difference = r(end - start);
    if (Math.abs(weight) < 0.5) return r(start + r(weight * difference));
    return inBlock ? r(r(r(weight - 1) * difference) + end) : r(end - r(difference * r(1 - weight)));
  },
});

/** One rounding an operation. */
export const separate: Arithmetic = {
  name: 'separate',
  formulas: { float32: formulas(Math.fround), float64: formulas((x) => x) },
};

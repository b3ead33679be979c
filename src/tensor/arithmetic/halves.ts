/**
 * The half types on a CPU: every operation is computed in float32, and its result rounded (clause NUM-9).
 */
import { toBfloat16, toFloat16 } from '../half.ts';
import type { HalfScalars, LoopsByDType, Round } from './arithmetic.ts';
import type { Loops } from './loops.ts';

/** The loops of both half types over those of float32. */
export function halves(float32: Loops): Pick<LoopsByDType, 'float16' | 'bfloat16'> {
  const over = (round: Round): Loops => ({ ...float32, add: productRounded(round) });
  return { float16: over(toFloat16), bfloat16: over(toBfloat16) };
}

/** a + s * b, the product rounded to the half type too. */
function productRounded(round: Round): Loops['add'] {
  return (n, out, a, b, _c, s) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! + round(s * b[i]!);
  };
}

/** What the kernels on a CPU round of their scalars. */
export const half_scalars: HalfScalars = { one: ['add', 'alpha'], foreach: ['add', 'alpha', 'mul'] };

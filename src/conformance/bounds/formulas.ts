/**
 * The compound operations of an RMSprop step on intervals: wide enough for every right way of computing them.
 *
 * Which ways are right (clauses NUM-2 to NUM-5, and ports that are none of the three arithmetics)?
 *
 * - Any arithmetic whose elementary operations err by k ulp or less, by construction. Rounding to nearest errs by half an ulp,
 *   so k = 4 counts each operation eight times over. A fused multiply-add leaves a rounding out; a double in place of a float32
 *   makes nearly all of them vanish.
 * - Any order of a product or quotient of three: each is computed, and the hull taken. Their relative errors add up to the same,
 *   wherever they are made; but what overflows or underflows on the way is not the same.
 * - A scalar as a double or as the dtype rounds it, and a weight 1 - alpha made before or after that: `scalar` and `weight`.
 * - The running mean as alpha m + w g or as m + w (g - m), w = 1 - alpha. Here it is the former: each operand occurs once, so
 *   the width of m shrinks by alpha a step, where in the latter it would grow by 1 + w. What the latter errs by stays inside.
 *   Let u be half an ulp of 1 and R the result: the bound allows 2ku = 8u of each of alpha |m|, w |g| and |R|. If w < 1/2,
 *   m + w (g - m) errs by u (2w |g - m| + |R|), and w |m| <= alpha |m|: 2u of each. From w = 1/2 on PyTorch computes
 *   g - (g - m) (1 - w), which errs by u (3 alpha |g - m| + |R|), and alpha |g| <= w |g|: 3u of each.
 */
import { type OpmathDType, dtypeInfo } from '../../tensor/dtype.ts';
import { elementary, type Elementary } from './elementary.ts';
import { exactly, hull, type Interval, is, isFinite, isNaN, negated, UNDETERMINED } from './interval.ts';

/** The operations of one dtype; scalars are intervals too. */
export interface IntervalFormulas extends Elementary {
  /** self + alpha * other. */
  readonly addScaled: (self: Interval, other: Interval, alpha: Interval) => Interval;
  /** self + value * t1 * t2, the product in any order. */
  readonly addcmul: (self: Interval, t1: Interval, t2: Interval, value: Interval) => Interval;
  /** self + value * t1 / t2, product and quotient in any order. */
  readonly addcdiv: (self: Interval, t1: Interval, t2: Interval, value: Interval) => Interval;
  /** complement * start + weight * end; undetermined where a lerp of the difference overflows or makes a NaN of its own. */
  readonly lerp: (start: Interval, end: Interval, weight: Interval, complement: Interval) => Interval;
}

/** The operations of a dtype, with k ulp of error an elementary operation. */
export function intervalFormulas(dtype: OpmathDType, k: number): IntervalFormulas {
  const basic = elementary(dtype, k);
  const { add, mul, div } = basic;
  return {
    ...basic,
    addScaled: (self, other, alpha) => add(self, mul(alpha, other)),
    // Where one order is certainly NaN the hull is, and rightly: it met 0 * inf, inf / inf or 0 / 0, and so does every order.
    addcmul: (self, t1, t2, v) => add(self, hull(mul(mul(v, t1), t2), mul(v, mul(t1, t2)), mul(mul(v, t2), t1))),
    addcdiv: (self, t1, t2, v) => add(self, hull(div(mul(v, t1), t2), mul(v, div(t1, t2)), mul(div(v, t2), t1))),
    lerp(start, end, w, complement) {
      const difference = add(end, negated(start));
      const mean = add(mul(complement, start), mul(w, end));
      const lerped =
        Math.abs(w[0]) < 0.5 ? add(start, mul(w, difference)) : add(end, negated(mul(difference, complement)));
      if (isFinite(difference) && isFinite(lerped)) return mean;
      return isNaN(lerped) === isNaN(mean) && (isNaN(mean) || is(lerped[0], mean)) ? mean : UNDETERMINED;
    },
  };
}

/** A hyper-parameter: as the double that it is, or as the dtype rounds it. */
export function scalar(dtype: OpmathDType, s: number): Interval {
  return hull(exactly(s), exactly(dtypeInfo(dtype).round(s)));
}

/**
 * A weight that the caller formed as 1 - alpha in double: also as the dtype rounds it, or formed from an alpha that the dtype
 * rounded, and then rounded or not. At alpha = 0.99 in float32 that is 1e-6 of it, where a rounding is 6e-8.
 */
export function weight(dtype: OpmathDType, w: number): Interval {
  const { round } = dtypeInfo(dtype);
  const late = 1 - round(1 - w);
  return hull(exactly(w), exactly(round(w)), exactly(late), exactly(round(late)));
}

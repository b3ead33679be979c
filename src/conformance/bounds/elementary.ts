/**
 * Elementary operations on intervals, each with an error of up to k ulp.
 *
 * The operations grow or fall in each operand, so over two intervals the extremes of the exact result lie at the corners. A
 * corner is one double operation, wrong by at most 2^-53 of itself or, where it underflows, 2^-1075. A port may be wrong by k
 * ulp of its dtype: an ulp of x is at most 2^(1-p) |x|, p the digits of the significand, or the smallest subnormal. x - k ulp(x)
 * grows with x, so it is enough to move the two ends:
 *
 *     low - (|low| (k 2^(1-p) + 2^-51) + k tiny + 2^-1071), and so for high.
 *
 * 2^-51 and 2^-1071 pay for the corner, and for computing this line in double (two more roundings to first order). No rounding
 * changes a sign, so an end at or above zero stays there: a sum of squares that underflows has a root.
 *
 * A sum of n terms in another order errs by at most (n - 1) u of what their magnitudes add up to, u = half an ulp of 1. `term` allows
 * 2ku = 8u of the magnitudes of each pair that it adds, which holds every order of up to nine terms; a way back has fewer.
 */
import { type OpmathDType, dtypeInfo } from '../../tensor/dtype.ts';
import { type Interval, is, isFinite, isNaN, isUndetermined, NAN, negated, UNDETERMINED, ZERO } from './interval.ts';

/** The operations of one dtype; each holds every result that is within k ulp of an exact one. */
export interface Elementary {
  /** a + b; exact where one of them is certainly zero. */
  readonly add: (a: Interval, b: Interval) => Interval;
  /** a + b as part of a sum of several terms, which may be added in any order: k ulp of what their magnitudes add up to more. */
  readonly term: (a: Interval, b: Interval) => Interval;
  /** a * b; exact where one of them is certainly 0, 1 or -1. */
  readonly mul: (a: Interval, b: Interval) => Interval;
  /** a / b; undetermined where b may be zero, but for 0 / 0, which is NaN. */
  readonly div: (a: Interval, b: Interval) => Interval;
  /** The square root; undetermined where a may be below zero and may not, NaN where it is below zero. */
  readonly sqrt: (a: Interval) => Interval;
}

interface Format {
  /** 2^(1-p): an ulp of x is at most this times |x|. */
  readonly ulp: number;
  /** The smallest subnormal. */
  readonly tiny: number;
}

const formats: Readonly<Record<OpmathDType, Format>> = {
  float32: { ulp: 2 ** -23, tiny: 2 ** -149 },
  float64: { ulp: 2 ** -52, tiny: 2 ** -1074 },
};

/** The operations of a dtype with k ulp of error each; what may overflow is undetermined. */
export function elementary(dtype: OpmathDType, k: number): Elementary {
  const { ulp, tiny } = formats[dtype];
  const { max } = dtypeInfo(dtype);
  const relative = k * ulp + 2 ** -51;
  const absolute = k * tiny + 2 ** -1071;

  const rounded = (low: number, high: number): Interval => {
    const below = low - (Math.abs(low) * relative + absolute);
    const above = high + (Math.abs(high) * relative + absolute);
    // Written so that NaN fails it: the difference of two infinities.
    if (!(below >= -max && above <= max)) return UNDETERMINED;
    return [isNonNegative(low) ? Math.max(below, 0) : below, isNonNegative(-high) ? Math.min(above, -0) : above];
  };

  const corners = (a: Interval, b: Interval, op: (x: number, y: number) => number): Interval => {
    if (isNaN(a) || isNaN(b)) return NAN;
    if (isUndetermined(a) || isUndetermined(b)) return UNDETERMINED;
    const [w, x, y, z] = [op(a[0], b[0]), op(a[0], b[1]), op(a[1], b[0]), op(a[1], b[1])];
    if (isFinite(a) && isFinite(b)) return rounded(Math.min(w, x, y, z), Math.max(w, x, y, z));
    // With an infinity the rounding is of no matter, only whether every corner says the same.
    return [x, y, z].every((other) => other === w || (Number.isNaN(other) && Number.isNaN(w))) ? [w, w] : UNDETERMINED;
  };

  const add = (a: Interval, b: Interval): Interval => {
    if (is(0, a)) return b;
    return is(0, b) ? a : corners(a, b, (x, y) => x + y);
  };

  return {
    add,
    term(a, b) {
      const sum = add(a, b);
      if (!isFinite(sum) || is(0, a) || is(0, b)) return sum;
      const error = (magnitude(a) + magnitude(b)) * relative + absolute;
      return rounded(sum[0] - error, sum[1] + error);
    },
    mul(a, b) {
      if (is(1, a)) return b;
      if (is(1, b)) return a;
      if (is(-1, a)) return negated(b);
      if (is(-1, b)) return negated(a);
      if ((is(0, a) && isFinite(b)) || (is(0, b) && isFinite(a))) return ZERO;
      return corners(a, b, (x, y) => x * y);
    },
    div(a, b) {
      if (isNaN(a)) return NAN;
      if (b[0] <= 0 && 0 <= b[1]) return is(0, a) && is(0, b) ? NAN : UNDETERMINED;
      return is(0, a) && isFinite(b) ? ZERO : corners(a, b, (x, y) => x / y);
    },
    sqrt(a) {
      if (isNaN(a) || a[1] < 0) return NAN;
      if (is(0, a) || is(Infinity, a)) return a;
      return a[0] < 0 ? UNDETERMINED : rounded(Math.sqrt(a[0]), Math.sqrt(a[1]));
    },
  };
}

/** The largest magnitude in an interval. */
function magnitude([low, high]: Interval): number {
  return Math.max(Math.abs(low), Math.abs(high));
}

/** Whether the exact value that a corner stands for is not below zero: one that underflows keeps its sign. */
function isNonNegative(corner: number): boolean {
  return corner > 0 || Object.is(corner, 0);
}

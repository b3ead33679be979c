/**
 * Loops over elements: one for each operation. What a loop writes is rounded by the array that it is written into.
 */
import type { Data, FloatingDType } from '../dtype.ts';
import { fma32, fma64 } from '../fma.ts';
import type { Fma, Formulas } from './arithmetic.ts';

/** A loop over the first `n` elements of `a`, `b` and `c` with a scalar of the dtype that is computed in; it writes into `out`. */
export type Loop = (n: number, out: Data, a: Data, b: Data, c: Data, s: number) => void;

/**
 * An interpolation from `a` to `b`: also told whether a vectorised CPU kernel handles an element (clause NUM-7), and the weight that
 * was given, not yet rounded (clause NUM-8).
 */
export type LerpLoop = (
  n: number,
  out: Data,
  a: Data,
  b: Data,
  s: number,
  inBlock: (i: number) => boolean,
  given: number,
) => void;

/** The loops that differ between arithmetics. */
export interface Loops {
  /** a + s * b * c. */
  readonly addcmul: Loop;
  /** a + s * b / c. */
  readonly addcdiv: Loop;
  /** a + s * b. */
  readonly add: Loop;
  /** a + s * (b - a). */
  readonly lerp: LerpLoop;
}

/** One IEEE operation an element, the same in every arithmetic; integers too. */
export type Ieee = Readonly<Record<'neg' | 'mul' | 'scale' | 'over' | 'div' | 'shift' | 'sqrt', Loop>>;

/** In JavaScript. */
export const ieee: Ieee = {
  /** -a. */
  neg: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = -a[i]!;
  },
  /** a * b. */
  mul: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!;
  },
  /** a * s. */
  scale: (n, out, a, _b, _c, s) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! * s;
  },
  /** a / b. */
  over: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]!;
  },
  /** a / s. */
  div: (n, out, a, _b, _c, s) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! / s;
  },
  /** a + s. */
  shift: (n, out, a, _b, _c, s) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! + s;
  },
  /** The square root of a (clause NUM-6). */
  sqrt: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]!);
  },
};

const fusing =
  (fma: Fma): Loop =>
  (n, out, a, b, c) => {
    for (let i = 0; i < n; i++) out[i] = fma(b[i]!, c[i]!, a[i]!);
  };

const fused32 = fusing(fma32);

/** b * c + a, rounded once, of half types in float32. */
export const fused: Readonly<Record<FloatingDType, Loop>> = {
  ...{ float32: fused32, float64: fusing(fma64) },
  ...{ float16: fused32, bfloat16: fused32 },
};

/** The loops of an arithmetic whose formulas are functions of an element, as those with an emulated fma are. */
export function loopsOf({ addcmul, addcdiv, add, lerp }: Formulas): Loops {
  return {
    addcmul(n, out, a, b, c, s) {
      for (let i = 0; i < n; i++) out[i] = addcmul(a[i]!, b[i]!, c[i]!, s);
    },
    addcdiv(n, out, a, b, c, s) {
      for (let i = 0; i < n; i++) out[i] = addcdiv(a[i]!, b[i]!, c[i]!, s);
    },
    add(n, out, a, b, _c, s) {
      for (let i = 0; i < n; i++) out[i] = add(a[i]!, b[i]!, s);
    },
    lerp(n, out, a, b, s, inBlock, given) {
      for (let i = 0; i < n; i++) out[i] = lerp(a[i]!, b[i]!, s, inBlock(i), given);
    },
  };
}

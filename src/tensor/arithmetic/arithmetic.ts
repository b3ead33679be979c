/**
 * What an arithmetic is: how the elementwise operations of an RMSprop step round (clause NUM-1).
 */
import type { FloatingDType } from '../dtype.ts';
import type { Ieee, Loops } from './loops.ts';

/** The name of an arithmetic. */
export type ArithmeticName = 'separate' | 'fused' | 'cuda' | 'compiled';

/** Rounds a double to the dtype. */
export type Round = (x: number) => number;

/** a*b + c with one rounding to the dtype. */
export type Fma = (a: number, b: number, c: number) => number;

/**
 * The formulas that differ between arithmetics, for one floating-point element. Every argument is a value of the dtype: scalars were rounded
 * to it before (clause NUM-2). What is not here (mul, add of a scalar, div, neg, sqrt) is one IEEE operation everywhere.
 */
export interface Formulas {
  /** self + value * t1 * t2. */
  readonly addcmul: (self: number, t1: number, t2: number, value: number) => number;
  /** self + value * t1 / t2. */
  readonly addcdiv: (self: number, t1: number, t2: number, value: number) => number;
  /** self + alpha * other. */
  readonly add: (self: number, other: number, alpha: number) => number;
  /**
   * start + weight * (end - start); `inBlock` says whether a vectorised CPU kernel handles the element (clause NUM-7), `given` is the
   * weight before it was rounded (clause NUM-8).
   */
  readonly lerp: (start: number, end: number, weight: number, inBlock: boolean, given: number) => number;
}

/** An arithmetic: its name and its loops. */
export interface Arithmetic {
  readonly name: ArithmeticName;
  readonly loops: LoopsByDType;
  /** The loops of functions over lists of tensors, where they are others than those of functions of one (clause NUM-8). */
  readonly foreach?: LoopsByDType;
  /** The loops of one IEEE operation an element; those of JavaScript by default. */
  readonly ieee?: Ieee;
  /** Whether a scalar that is too large for the dtype becomes infinite, and is not refused (clauses NUM-2, NUM-8). */
  readonly scalars_overflow?: boolean;
  /** In a block, the parts of a complex number are negated by taking them from 0 (clause NUM-10). */
  readonly negates_from_zero?: boolean;
  /** The operations whose scalar is rounded to a half type before it is computed with in float32; no others' is (clause NUM-9). */
  readonly half_scalars?: HalfScalars;
}

/** For functions of one tensor, and for those over lists. */
export type HalfScalars = Readonly<Record<'one' | 'foreach', readonly ('mul' | 'add' | 'alpha')[]>>;

/** The loops for each floating-point dtype; what those of a half type compute is rounded once more (clause NUM-9). */
export type LoopsByDType = Readonly<Record<FloatingDType, Loops>>;

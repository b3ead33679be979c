/**
 * The arithmetic of the way back: the derivatives of the operations, in PyTorch's order of operations (torch's derivatives.yaml; clause
 * DIF-2), and the sums of what comes from several sides (clause DIF-3). The interface is what another way of computing implements
 * (error bounds); `rounded` rounds each operation once to the element type.
 */
import type { Tensor } from '../tensor/tensor.ts';
import * as numbers from './numbers.ts';
import { filled, negated, over, overwrite, plus, scaled, times } from './numbers.ts';

/** New tensors, of a gradient `g` and what an operation saved; scalars are doubles, rounded once to the element type. */
export interface WayBack {
  /** Of -x: -g. */
  negated(g: Tensor): Tensor;
  /** Of x * s: g * s. */
  scaled(g: Tensor, s: number): Tensor;
  /** Of an operand of a mean with weight w: g * w. */
  weighed(g: Tensor, w: number): Tensor;
  /** Of y in x + w * y * z: g * (z * w), w being a weight. */
  ofFactor(g: Tensor, z: Tensor, w: number): Tensor;
  /** Of y in x + s * y / z: g * (s / z). */
  ofDividend(g: Tensor, z: Tensor, s: number): Tensor;
  /** Of z in x + s * y / z: -g * (y * s / (z * z)). */
  ofDivisor(g: Tensor, y: Tensor, z: Tensor, s: number): Tensor;
  /** Of x in sqrt(x): g / (2 * root). */
  ofRoot(g: Tensor, root: Tensor): Tensor;
  /** One number in every element. */
  filled(like: Tensor, x: number): Tensor;
  /** What is there, and one more. */
  plus(sum: Tensor, g: Tensor): Tensor;
  /** A copy, which a leaf keeps. */
  copied(g: Tensor): Tensor;
  /** Adds to what a leaf keeps. */
  accumulate(kept: Tensor, g: Tensor): void;
}

/** Every operation rounds; there is no fused one, whatever the arithmetic of the step. */
export const rounded: WayBack = {
  ...{ negated, scaled, weighed: scaled, plus, copied: numbers.copied },
  ofFactor: (g, z, w) => times(g, scaled(z, w)),
  ofDividend: (g, z, s) => times(g, over(filled(z, [], s), z)),
  ofDivisor: (g, y, z, s) => times(negated(g), over(scaled(y, s), times(z, z))),
  ofRoot: (g, root) => over(g, scaled(root, 2)), // DIF-8
  filled: (like, x) => filled(like, like.shape, x),
  accumulate: (kept, g) => overwrite(kept, plus(kept, g)),
};

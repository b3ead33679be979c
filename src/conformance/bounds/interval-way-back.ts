/**
 * The way back on intervals (clause DIF-2): wide enough for every right way of computing the derivatives of a step. Each product or
 * quotient of several is computed in every order that matters, and the hull taken: what overflows or underflows on the way is not the
 * same. What comes from several sides may be added in any order.
 */
import { rounded, type WayBack } from '../../autograd/way-back.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { scalar, weight } from './formulas.ts';
import { exactly, hull, negated } from './interval.ts';
import { floating, type IntervalOps } from './interval-ops.ts';

const TWO = exactly(2);
const HALF = exactly(0.5);

/** The way back beside which intervals stand. */
export function wayBackOn(ops: IntervalOps): WayBack {
  const plus = (sum: Tensor, g: Tensor): Tensor =>
    ops.carry([sum, g], ops.formulasOf(g).term, () => rounded.plus(sum, g));
  return {
    plus,
    negated: (g) => ops.carry([g], negated, () => rounded.negated(g)),
    scaled(g, s) {
      const [{ mul }, by] = [ops.formulasOf(g), scalar(floating(g), s)];
      return ops.carry(
        [g],
        (x) => mul(x, by),
        () => rounded.scaled(g, s),
      );
    },
    weighed(g, w) {
      const [{ mul }, by] = [ops.formulasOf(g), weight(floating(g), w)];
      return ops.carry(
        [g],
        (x) => mul(x, by),
        () => rounded.weighed(g, w),
      );
    },
    ofFactor(g, z, w) {
      const [{ mul }, s] = [ops.formulasOf(g), weight(floating(g), w)];
      return ops.carry(
        [g, z],
        (x, y) => hull(mul(x, mul(y, s)), mul(mul(x, y), s), mul(mul(x, s), y)),
        () => rounded.ofFactor(g, z, w),
      );
    },
    ofDividend(g, z, scale) {
      const [{ mul, div }, s] = [ops.formulasOf(g), scalar(floating(g), scale)];
      return ops.carry(
        [g, z],
        (x, y) => hull(mul(x, div(s, y)), div(mul(x, s), y), mul(div(x, y), s)),
        () => rounded.ofDividend(g, z, scale),
      );
    },
    ofDivisor(g, y, z, scale) {
      const [{ mul, div }, s] = [ops.formulasOf(g), scalar(floating(g), scale)];
      return ops.carry(
        [g, y, z],
        (a, b, c) => {
          const [up, squared] = [mul(b, s), mul(c, c)];
          const orders = [mul(a, div(up, squared)), div(mul(a, up), squared), mul(a, div(div(up, c), c))];
          return negated(hull(...orders, mul(div(a, c), div(up, c)), div(div(mul(a, up), c), c)));
        },
        () => rounded.ofDivisor(g, y, z, scale),
      );
    },
    ofRoot(g, root) {
      const { mul, div } = ops.formulasOf(g);
      return ops.carry(
        [g, root],
        (x, y) => hull(div(x, mul(y, TWO)), div(mul(x, HALF), y), mul(div(x, y), HALF)),
        () => rounded.ofRoot(g, root),
      );
    },
    filled: (like, x) => ops.given(rounded.filled(like, x)),
    copied: (g) =>
      ops.carry(
        [g],
        (x) => x,
        () => rounded.copied(g),
      ),
    accumulate(kept, g) {
      const sum = plus(kept, g);
      ops.carry(
        [sum],
        (x) => x,
        () => {
          rounded.accumulate(kept, g);
          return kept;
        },
      );
    },
  };
}

import { describe, expect, it } from 'vitest';
import { elementary } from '../../../src/conformance/bounds/elementary.ts';
import { intervalFormulas, scalar, weight } from '../../../src/conformance/bounds/formulas.ts';
import {
  exactly,
  hull,
  type Interval,
  isFinite,
  isNaN,
  isUndetermined,
  NAN,
  UNDETERMINED,
  ZERO,
} from '../../../src/conformance/bounds/interval.ts';
import { arithmetics } from '../../../src/tensor/arithmetic/index.ts';
import { allocate, type OpmathDType, dtypeInfo, opmath_dtypes } from '../../../src/tensor/dtype.ts';
import { uniforms } from '../../../scripts/scenarios/random.ts';
import { atMost, type Fraction, fraction, over, plus, size, times } from '../../fixtures/fraction.ts';

const K = 4;
const DRAWS = 4000;
const ONE = fraction(1);

const formats = {
  float32: { ulp: fraction(2 ** -23), tiny: fraction(2 ** -149), exponents: [-75, 60] },
  float64: { ulp: fraction(2 ** -52), tiny: fraction(2 ** -1074), exponents: [-540, 500] },
} as const;

/** Random intervals, values in them, and an adversary who errs by up to K ulp in every operation. */
class Adversary {
  readonly dtype: OpmathDType;
  readonly #uniform: () => number;

  constructor(dtype: OpmathDType, seed: number) {
    this.dtype = dtype;
    this.#uniform = uniforms(seed);
  }

  /** A value of the dtype, of any size. */
  value(): number {
    const [low, high] = formats[this.dtype].exponents;
    const wide = this.#uniform() < 0.3;
    const exponent = wide ? low + Math.floor(this.#uniform() * (high - low)) : Math.floor(this.#uniform() * 6) - 3;
    return dtypeInfo(this.dtype).round((this.#uniform() * 2 - 1) * 2 ** exponent);
  }

  /** Around a value: of no width, narrow, or wide enough to hold zero now and then. */
  interval(x: number = this.value()): Interval {
    const width = [0, 2 ** -20, 2 ** -3, 1.5][Math.floor(this.#uniform() * 4)]! * Math.abs(x);
    return [x - width * this.#uniform(), x + width * this.#uniform()];
  }

  /** One of the values in an interval. */
  pick([low, high]: Interval): Fraction {
    const choice = Math.floor(this.#uniform() * 3);
    if (choice < 2) return fraction(choice === 0 ? low : high);
    return fraction(Math.min(high, Math.max(low, low + (high - low) * this.#uniform())));
  }

  /** The exact result of an operation with an error of up to K ulp, which turns no sign. */
  err(x: Fraction): Fraction {
    const { ulp, tiny } = formats[this.dtype];
    const share = fraction([-K, K, K * (2 * this.#uniform() - 1)][Math.floor(this.#uniform() * 3)]!);
    const unit = times(size(x), ulp);
    const error = times(atMost(unit, tiny) && x.n !== 0n ? tiny : unit, share);
    return atMost(size(error), size(x)) ? plus(x, error) : { n: 0n, d: 1n };
  }
}

function holds(interval: Interval, x: Fraction): boolean {
  if (isUndetermined(interval)) return true;
  return isFinite(interval) && atMost(fraction(interval[0]), x) && atMost(x, fraction(interval[1]));
}

describe.each(opmath_dtypes)('intervals of %s', (dtype) => {
  const formulas = intervalFormulas(dtype, K);

  /** Draws intervals, and counts how many results are determined: a bound that says nothing holds everything. */
  const draw = (seed: number, one: (adversary: Adversary) => Interval | undefined): void => {
    const adversary = new Adversary(dtype, seed);
    let [determined, drawn] = [0, 0];
    while (drawn < DRAWS) {
      const interval = one(adversary);
      if (interval === undefined) continue;
      drawn += 1;
      if (!isUndetermined(interval)) determined += 1;
    }
    expect(determined).toBeGreaterThan(DRAWS / 2);
  };

  it.each(['add', 'mul', 'div'] as const)('%s holds every result that is within k ulp of an exact one', (name) => {
    const exact = { add: plus, mul: times, div: over }[name];
    draw(1, (adversary) => {
      const [a, b] = [adversary.interval(), adversary.interval()];
      const result = formulas[name](a, b);
      const [x, y] = [adversary.pick(a), adversary.pick(b)];
      if (name === 'div' && y.n === 0n) return undefined;
      const perturbed = adversary.err(exact(x, y));
      expect({ a, b, result, holds: holds(result, perturbed) }).toEqual({ a, b, result, holds: true });
      return result;
    });
  });

  it('sqrt holds every result that is within k ulp of an exact one', () => {
    draw(2, (adversary) => {
      const a = adversary.interval(Math.abs(adversary.value()));
      const result = formulas.sqrt(a);
      if (isUndetermined(result)) return result;
      const [x, share] = [adversary.pick(a), fraction(adversary.value() < 0 ? -K : K)];
      // (1 + e)^2 x, the square of a root that errs by e.
      const factor = plus(ONE, times(share, formats[dtype].ulp));
      const squared = times(times(factor, factor), x);
      const [low, high] = result.map(fraction) as [Fraction, Fraction];
      const inside = atMost(times(low, low), squared) && atMost(squared, times(high, high));
      expect({ a, result, inside }).toEqual({ a, result, inside: true });
      return result;
    });
  });

  it('addcmul holds every order of the product', () => {
    draw(3, (adversary) => {
      const [self, t1, t2] = [adversary.interval(), adversary.interval(), adversary.interval()];
      const v = scalar(dtype, adversary.value() * (1 + 2 ** -30));
      const result = formulas.addcmul(self, t1, t2, v);
      const [s, x, y, z] = [self, t1, t2, v].map((i) => adversary.pick(i)) as [Fraction, Fraction, Fraction, Fraction];
      const err = (exact: Fraction): Fraction => adversary.err(exact);
      for (const [a, b, c] of [
        [z, x, y],
        [x, y, z],
        [z, y, x],
      ] as const) {
        const perturbed = err(plus(s, err(times(err(times(a, b)), c))));
        expect({ self, t1, t2, v, result, holds: holds(result, perturbed) }).toMatchObject({ holds: true });
        expect(holds(result, err(plus(s, times(err(times(a, b)), c))))).toBe(true);
      }
      return result;
    });
  });

  it('addcdiv holds every order of product and quotient', () => {
    draw(4, (adversary) => {
      const [self, t1, t2] = [adversary.interval(), adversary.interval(), adversary.interval()];
      const v = scalar(dtype, adversary.value() * (1 + 2 ** -30));
      const result = formulas.addcdiv(self, t1, t2, v);
      const [s, x, y, z] = [self, t1, t2, v].map((i) => adversary.pick(i)) as [Fraction, Fraction, Fraction, Fraction];
      if (y.n === 0n) return undefined;
      const err = (exact: Fraction): Fraction => adversary.err(exact);
      for (const product of [over(err(times(z, x)), y), times(z, err(over(x, y))), times(err(over(z, y)), x)]) {
        const perturbed = err(plus(s, err(product)));
        expect({ self, t1, t2, v, result, holds: holds(result, perturbed) }).toMatchObject({ holds: true });
        expect(holds(result, err(plus(s, product)))).toBe(true);
      }
      return result;
    });
  });

  it('add with alpha holds the product with a rounding of its own and without', () => {
    draw(5, (adversary) => {
      const [self, other] = [adversary.interval(), adversary.interval()];
      const alpha = scalar(dtype, adversary.value() * (1 + 2 ** -30));
      const result = formulas.addScaled(self, other, alpha);
      const [s, x, z] = [self, other, alpha].map((i) => adversary.pick(i)) as [Fraction, Fraction, Fraction];
      expect(holds(result, adversary.err(plus(s, adversary.err(times(z, x)))))).toBe(true);
      expect(holds(result, adversary.err(plus(s, times(z, x))))).toBe(true);
      return result;
    });
  });

  it.each([0.1, 0.3, 0.5, 0.9, 0.99])('lerp holds the weighted mean at alpha = %d', (alpha) => {
    const [w, complement] = [weight(dtype, 1 - alpha), weight(dtype, alpha)];
    draw(6, (adversary) => {
      const [start, end] = [adversary.interval(), adversary.interval()];
      const result = formulas.lerp(start, end, w, complement);
      const [x, y] = [
        times(adversary.pick(complement), adversary.pick(start)),
        times(adversary.pick(w), adversary.pick(end)),
      ];
      const perturbed = adversary.err(plus(adversary.err(x), adversary.err(y)));
      expect({ start, end, result, holds: holds(result, perturbed) }).toMatchObject({ holds: true });
      return result;
    });
  });

  it.each([0, 0.1, 0.3, 0.5, 0.9, 0.99, 1])("lerp holds PyTorch's own at alpha = %d", (alpha) => {
    const [w, complement] = [weight(dtype, 1 - alpha), weight(dtype, alpha)];
    for (const arithmetic of Object.values(arithmetics)) {
      const { lerp } = arithmetic.loops[dtype];
      draw(7, (adversary) => {
        const [start, end, inBlock] = [adversary.value(), adversary.value(), adversary.value() < 0];
        const result = formulas.lerp(exactly(start), exactly(end), w, complement);
        const out = allocate(dtype, 1);
        const [from, to] = [allocate(dtype, 1).fill(start), allocate(dtype, 1).fill(end)];
        lerp(1, out, from, to, dtypeInfo(dtype).round(1 - alpha), () => inBlock, 1 - alpha);
        const own = fraction(out[0]!);
        expect({ start, end, result, holds: holds(result, own) }).toMatchObject({ holds: true });
        return result;
      });
    }
  });
});

describe('what is certain stays certain', () => {
  const { add, mul, div, sqrt } = elementary('float32', K);
  const some: Interval = [1, 2];
  const around: Interval = [-1, 2];

  it('zero: sums with it, products, quotients and roots of it are exact', () => {
    expect(add(some, ZERO)).toEqual(some);
    expect(mul(some, ZERO)).toEqual(ZERO);
    expect(div(ZERO, some)).toEqual(ZERO);
    expect(sqrt(ZERO)).toEqual(ZERO);
  });

  it('1 and -1: products with them are exact', () => {
    expect(mul(exactly(1), some)).toEqual(some);
    expect(mul(some, exactly(-1))).toEqual([-2, -1]);
  });

  it('infinity, as long as every value in the other interval agrees', () => {
    expect(add(exactly(Infinity), around)).toEqual(exactly(Infinity));
    expect(mul(exactly(-Infinity), some)).toEqual(exactly(-Infinity));
    expect(div(some, exactly(Infinity))).toEqual(ZERO);
    expect(sqrt(exactly(Infinity))).toEqual(exactly(Infinity));
    expect(mul(exactly(Infinity), around)).toEqual(UNDETERMINED);
  });

  it('NaN: of infinities, of 0 / 0, of a negative root, and of NaN', () => {
    for (const nan of [
      add(exactly(Infinity), exactly(-Infinity)),
      mul(exactly(Infinity), ZERO),
      div(ZERO, ZERO),
      sqrt([-2, -1]),
      mul(NAN, UNDETERMINED),
      div(NAN, around),
    ])
      expect(isNaN(nan)).toBe(true);
  });
});

describe('what is not certain is undetermined', () => {
  const { add, mul, div, sqrt } = elementary('float32', K);

  it.each([
    ['a quotient whose divisor may be zero', div([1, 2], [-1, 1])],
    ['a quotient whose divisor is zero, of a sign that nobody knows', div([1, 2], ZERO)],
    ['a root that may be of a negative number', sqrt([-1e-30, 1])],
    ['a sum that may overflow', add(exactly(3e38), exactly(1e38))],
    ['a product that may overflow', mul(exactly(1e20), [1, 1e19])],
    ['anything of something undetermined', mul(ZERO, UNDETERMINED)],
  ])('%s', (_title, result) => {
    expect(result).toEqual(UNDETERMINED);
  });

  it('but not the root of squares that underflow', () => {
    const square = mul(exactly(1e-30), exactly(1e-30));
    expect(square[0]).toBe(0);
    expect(sqrt(square)[1]).toBeLessThan(1e-22);
  });

  it('a lerp of infinities where the two forms of it differ', () => {
    const { lerp } = intervalFormulas('float32', K);
    const at = (alpha: number, start: number, end: number): Interval =>
      lerp(exactly(start), exactly(end), weight('float32', 1 - alpha), weight('float32', alpha));
    expect(at(0.99, 1, Infinity)).toEqual(exactly(Infinity));
    expect(at(0.5, 1, Infinity)).toEqual(UNDETERMINED);
    expect(at(0.99, Infinity, 1)).toEqual(UNDETERMINED);
    expect(at(0.99, -3e38, 3e38)).toEqual(UNDETERMINED);
    expect(isNaN(at(0.5, NaN, 1))).toBe(true);
  });
});

describe('scalars', () => {
  it('span the double and what the dtype makes of it', () => {
    expect(scalar('float32', 0.9)).toEqual([Math.fround(0.9), 0.9].sort());
    expect(scalar('float64', 0.9)).toEqual(exactly(0.9));
    expect(weight('float32', -1)).toEqual(exactly(-1));
  });

  it('span 1 - alpha before and after alpha is rounded', () => {
    const [early, late] = [1 - 0.99, 1 - Math.fround(0.99)];
    expect(weight('float32', early)).toEqual(hull(exactly(Math.fround(early)), exactly(early), exactly(late)));
    expect(Math.abs(late - early) / early).toBeGreaterThan(9e-7);
  });
});

import { describe, expect, it } from 'vitest';
import { fma32, fma64 } from '../../src/tensor/fma.ts';
import type { BinaryFormat } from './rational.ts';
import {
  BINARY32,
  BINARY64,
  exactMultiplyAdd,
  isHalfway,
  powerOfTwo,
  referenceFma,
  roundToFormat,
} from './rational.ts';

type Triple = [a: number, b: number, c: number];
type Fma = (a: number, b: number, c: number) => number;

const PER_CLASS = 12_000;
const SEED = 0x5eed_f3a1;

/** Seeded random numbers of one format; the same seed always gives the same triples. */
class Source {
  readonly format: BinaryFormat;
  /** The exponent of 1 is 0; these are the exponents of the smallest and the largest normal numbers. */
  readonly minExponent: number;
  readonly maxExponent: number;
  readonly maxFinite: number;
  readonly minSubnormal: number;
  readonly #bytes = new DataView(new ArrayBuffer(8));
  #state: number;

  constructor(format: BinaryFormat, seed: number) {
    this.format = format;
    this.minExponent = format.minUnit + format.precision - 1;
    this.maxExponent = format.maxUnit + format.precision - 1;
    this.maxFinite = (2 ** format.precision - 1) * powerOfTwo(format.maxUnit);
    this.minSubnormal = powerOfTwo(format.minUnit);
    this.#state = seed | 1;
  }

  word(): number {
    // A xorshift walk, multiplied out because its low bits alone are weak.
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    x = Math.imul(x, 0x2c9277b5);
    return (x ^ (x >>> 15)) >>> 0;
  }

  /** An integer from low to high, both included. */
  integer(low: number, high: number): number {
    return low + (this.word() % (high - low + 1));
  }

  chance(oneIn: number): boolean {
    return this.word() % oneIn === 0;
  }

  sign(): number {
    return this.chance(2) ? 1 : -1;
  }

  bits(count: number): bigint {
    return BigInt.asUintN(count, (BigInt(this.word()) << 64n) | (BigInt(this.word()) << 32n) | BigInt(this.word()));
  }

  /** An odd integer of exactly this many bits. */
  odd(count: number): bigint {
    return this.bits(count) | 1n | (1n << BigInt(count - 1));
  }

  pattern(): number {
    if (this.format === BINARY32) {
      this.#bytes.setUint32(0, this.word());
      return this.#bytes.getFloat32(0);
    }
    this.#bytes.setUint32(0, this.word());
    this.#bytes.setUint32(4, this.word());
    return this.#bytes.getFloat64(0);
  }

  /** numerator * 2^exponent in the format, which rounds it if it has too many bits or is too small. */
  scaled(numerator: bigint, exponent: number): number {
    return roundToFormat({ numerator, exponent }, this.format);
  }

  /** A full significand: uniform bits, few ones, few zeros, or a power of two give or take an ulp. */
  significand(): bigint {
    const p = this.format.precision;
    const top = 1n << BigInt(p - 1);
    const kind = this.integer(0, 5);
    if (kind === 0) return top | (1n << BigInt(this.integer(0, p - 1))) | (1n << BigInt(this.integer(0, p - 1)));
    if (kind === 1) return 2n * top - 1n - (1n << BigInt(this.integer(0, p - 2)));
    if (kind === 2) return this.chance(2) ? top + BigInt(this.integer(0, 2)) : 2n * top - BigInt(this.integer(1, 3));
    return top | this.bits(p);
  }

  /** A number of either sign whose leading bit stands for 2^exponent, rounded if that makes it subnormal. */
  number(exponent: number): number {
    return this.sign() * this.scaled(this.significand(), exponent - this.format.precision + 1);
  }

  zero(): number {
    return this.chance(2) ? 0 : -0;
  }

  subnormal(): number {
    const width = this.integer(1, this.format.precision - 1);
    return this.sign() * Number(this.odd(width)) * this.minSubnormal;
  }

  /** The exponents of two factors whose product has about the given exponent. */
  split(exponent: number): [number, number] {
    const low = Math.max(this.minExponent, exponent - this.maxExponent);
    const high = Math.min(this.maxExponent, exponent - this.minExponent);
    const first = this.integer(low, high);
    return [first, exponent - first];
  }

  /** Two numbers of the format whose product has about the given exponent. */
  factors(exponent: number): [number, number] {
    const [first, second] = this.split(exponent);
    return [this.number(first), this.number(second)];
  }

  /** The neighbour this many steps away from x, by stepping its encoding; x is finite and stays so. */
  step(x: number, steps: number): number {
    const magnitude = Math.abs(x);
    if (this.format === BINARY32) {
      this.#bytes.setFloat32(0, magnitude);
      this.#bytes.setUint32(0, Math.max(0, this.#bytes.getUint32(0) + steps));
      const stepped = this.#bytes.getFloat32(0);
      return x < 0 ? -stepped : stepped;
    }
    this.#bytes.setFloat64(0, magnitude);
    const moved = this.#bytes.getBigInt64(0) + BigInt(steps);
    this.#bytes.setBigInt64(0, moved < 0n ? 0n : moved);
    const stepped = this.#bytes.getFloat64(0);
    return x < 0 ? -stepped : stepped;
  }
}

/** Three terms that meet halfway between two representable numbers, or miss that point by as little as they can. */
function halfwayTriple(s: Source): Triple {
  const p = s.format.precision;
  const kind = s.integer(0, 3);
  if (kind === 0) {
    // A power of two as product, worth half an ulp of c; the factors 1 + u and 1 - u then move it by u^2 alone.
    const half = s.integer(s.format.minUnit - 1, s.format.maxUnit - 1);
    const [first, second] = s.split(half);
    const a = s.step(powerOfTwo(first), s.integer(-1, 1));
    const b = s.step(powerOfTwo(second), s.integer(-1, 1));
    const c = s.scaled(s.significand(), half + 1);
    return [s.sign() * a, b, s.sign() * c];
  }
  if (kind === 1) {
    // A product that is itself halfway, one bit too long for the format, and an addend too small to do more than tip it.
    const width = s.integer(1, p - 1);
    const product = s.integer(s.minExponent, s.maxExponent - 1);
    const [first, second] = s.split(product);
    const a = s.sign() * s.scaled(s.odd(width), first - width + 1);
    const b = s.scaled(s.odd(p + 1 - width), second - (p - width));
    return [a, b, s.chance(4) ? s.sign() * s.minSubnormal : s.number(product - s.integer(p, 4 * p))];
  }
  if (kind === 2) {
    // The same tie, split over product and addend: c has the leading bits, and a * b the half and the tip below it.
    const tip = s.integer(1, p - 2);
    const half = s.integer(s.format.minUnit - 1, s.format.maxUnit - 1);
    const [first, second] = s.split(half);
    const a = s.scaled((1n << BigInt(tip)) + BigInt(s.integer(-1, 1)), first - tip);
    return [s.sign() * a, powerOfTwo(second), s.scaled(s.significand(), half + 1)];
  }
  // A product halfway between two subnormals, or a hair beside that.
  const width = s.integer(1, p - 2);
  const lift = s.integer(1, 2 * p);
  const a = s.step(s.scaled(s.odd(width), -lift), s.integer(-1, 1));
  return [s.sign() * a, powerOfTwo(s.format.minUnit - 1 + lift), s.chance(4) ? s.zero() : s.subnormal()];
}

const CLASSES: readonly [title: string, draw: (s: Source) => Triple][] = [
  ['random bit patterns', (s) => [s.pattern(), s.pattern(), s.pattern()]],
  [
    'moderate exponents',
    (s) => [s.number(s.integer(-12, 12)), s.number(s.integer(-12, 12)), s.number(s.integer(-24, 24))],
  ],
  [
    'exponents over the whole range with an addend near the product',
    (s) => {
      const product = s.integer(s.format.minUnit, s.maxExponent);
      const gap = s.integer(-2 * s.format.precision - 3, 2 * s.format.precision + 3);
      return [...s.factors(product), s.number(Math.min(s.maxExponent, product + gap))];
    },
  ],
  [
    'subnormal results',
    (s) => {
      const p = s.format.precision;
      const product = s.integer(s.format.minUnit - 3, s.minExponent);
      if (s.chance(2)) return [...s.factors(product), s.chance(4) ? s.zero() : s.subnormal()];
      // A result that turns subnormal by cancellation.
      const [a, b] = s.factors(s.minExponent + s.integer(0, p - 1));
      return [a, b, -s.step(roundedProduct(a, b, s.format), s.integer(-3, 3))];
    },
  ],
  [
    'subnormal inputs',
    (s) => {
      const which = s.integer(1, 7);
      const exponent = s.integer(-3, s.chance(2) ? s.format.precision + 3 : s.maxExponent);
      const a = which & 1 ? s.subnormal() : s.number(exponent);
      const b = which & 2 ? s.subnormal() : s.number(exponent);
      const c = which & 4 ? s.subnormal() : s.number(s.integer(s.minExponent, s.minExponent + 2 * s.format.precision));
      return [a, b, c];
    },
  ],
  [
    'catastrophic cancellation',
    (s) => {
      const [a, b] = s.factors(s.integer(s.minExponent - 2, s.maxExponent - 2));
      return [a, b, -s.step(roundedProduct(a, b, s.format), s.integer(-2, 2))];
    },
  ],
  ['halfway cases and their closest misses', halfwayTriple],
  [
    'the border of overflow',
    (s) => {
      const kind = s.integer(0, 2);
      // The half ulp above the largest number is where rounding to infinity starts.
      const half = s.format.maxUnit - 1;
      if (kind === 0) {
        const [first, second] = s.split(half + s.integer(-1, 1));
        const c = s.step(s.maxFinite, -s.integer(0, 2));
        return [s.step(powerOfTwo(first), s.integer(-2, 2)), powerOfTwo(second), s.chance(4) ? -c : c];
      }
      const [a, b] = s.factors(s.maxExponent + s.integer(-1, 1));
      if (kind === 1) return [a, b, -Math.sign(a * b) * Math.abs(s.number(s.maxExponent - s.integer(0, 2)))];
      return [a, b, s.number(s.maxExponent - s.integer(0, 2 * s.format.precision))];
    },
  ],
  [
    'huge gaps between product and addend',
    (s) => {
      const far = s.integer(s.minExponent, 0);
      const product = s.integer(s.maxExponent >> 1, s.maxExponent);
      if (s.chance(2)) return [...s.factors(product), s.chance(2) ? s.subnormal() : s.number(far)];
      return [...s.factors(2 * far), s.chance(2) ? s.number(product) : s.sign() * powerOfTwo(s.integer(-20, 20))];
    },
  ],
];

/** a * b rounded to the format, kept finite so that a neighbour of it can be taken. */
function roundedProduct(a: number, b: number, format: BinaryFormat): number {
  const product = referenceFma(a, b, 0, format);
  const largest = (2 ** format.precision - 1) * powerOfTwo(format.maxUnit);
  return Math.max(-largest, Math.min(largest, product));
}

function drawAll(format: BinaryFormat): Map<string, Triple[]> {
  return new Map(
    CLASSES.map(([title, draw], index) => {
      const source = new Source(format, SEED + 0x9e37 * index);
      return [title, Array.from({ length: PER_CLASS }, () => draw(source))];
    }),
  );
}

function isTie([a, b, c]: Triple, format: BinaryFormat): boolean {
  return isHalfway(exactMultiplyAdd(a, b, c), format);
}

/** The first few triples on which the function and the reference differ, in signed zeros too. */
function mismatches(fma: Fma, triples: readonly Triple[], format: BinaryFormat): string[] {
  const found: string[] = [];
  for (const [a, b, c] of triples) {
    const actual = fma(a, b, c);
    const expected = referenceFma(a, b, c, format);
    if (!Object.is(actual, expected)) found.push(`fma(${a}, ${b}, ${c}) gave ${actual} and not ${expected}`);
    if (found.length === 5) break;
  }
  return found;
}

function specialTriples(s: Source): Triple[] {
  const magnitudes = [
    0,
    s.minSubnormal,
    powerOfTwo(s.minExponent),
    s.step(powerOfTwo(s.minExponent), -1),
    s.step(1, -1),
    1,
    powerOfTwo(s.maxExponent),
    s.maxFinite,
    Infinity,
  ];
  const values = [NaN, ...magnitudes, ...magnitudes.map((x) => -x)];
  return values.flatMap((a) => values.flatMap((b) => values.map((c): Triple => [a, b, c])));
}

const FORMATS: readonly [name: string, fma: Fma, format: BinaryFormat, twoRoundings: Fma][] = [
  ['fma32', fma32, BINARY32, (a, b, c) => Math.fround(a * b + c)],
  ['fma64', fma64, BINARY64, (a, b, c) => a * b + c],
];

describe.each(FORMATS)('%s', (_name, fma, format, twoRoundings) => {
  const drawn = drawAll(format);
  const all = [...drawn.values()].flat();
  const resultsOf = (title: string): number[] =>
    (drawn.get(title) ?? []).map(([a, b, c]) => referenceFma(a, b, c, format));

  it.each([...drawn])('agrees with exact arithmetic on %s', (_title, triples) => {
    expect(triples).toHaveLength(PER_CLASS);
    expect(mismatches(fma, triples, format)).toEqual([]);
  });

  it('agrees with exact arithmetic on every triple of special values', () => {
    expect(mismatches(fma, specialTriples(new Source(format, SEED)), format)).toEqual([]);
  });

  it('is tested on at least 100,000 finite triples of its own format', () => {
    const fits = (x: number): boolean => Number.isFinite(x) && (format !== BINARY32 || Math.fround(x) === x);
    expect(all.filter((triple) => triple.every(fits)).length).toBeGreaterThan(100_000);
  });

  it('is tested on thousands of exact ties, subnormal results and overflows', () => {
    const ties = all.filter((triple) => triple.every(Number.isFinite) && isTie(triple, format));
    expect(ties.length).toBeGreaterThan(3000);

    const smallestNormal = powerOfTwo(format.minUnit + format.precision - 1);
    const subnormals = resultsOf('subnormal results').filter((x) => x !== 0 && Math.abs(x) < smallestNormal);
    expect(subnormals.length).toBeGreaterThan(PER_CLASS / 2);

    const overflows = resultsOf('the border of overflow').filter((x) => Math.abs(x) === Infinity);
    expect(overflows.length).toBeGreaterThan(PER_CLASS / 8);
    expect(overflows.length).toBeLessThan(PER_CLASS - PER_CLASS / 8);
  });

  it('is tested on hundreds of triples that two separate roundings get wrong', () => {
    const triples = drawn.get('halfway cases and their closest misses') ?? [];
    expect(triples.filter(([a, b, c]) => !Object.is(twoRoundings(a, b, c), fma(a, b, c))).length).toBeGreaterThan(500);
  });
});

describe('worked examples', () => {
  // 4097^2 = 16785409 is odd and needs 25 bits, so it lies halfway between two float32 values, 2 apart.
  it('fma32 is right where Math.fround(a * b + c) loses the addend that breaks a tie', () => {
    const [a, b, c] = [4097, 4097, 2 ** -60];
    expect(Math.fround(a * b + c)).toBe(16785408);
    expect(fma32(a, b, c)).toBe(16785410);
    expect(fma32(a, b, -c)).toBe(16785408);
    expect(fma32(a, b, 0)).toBe(16785408);
    expect(referenceFma(a, b, c, BINARY32)).toBe(16785410);
  });

  // (2^27 + 1) * (2^26 + 1) = 2^53 + 2^27 + 2^26 + 1 is odd and needs 54 bits, which is the same tie in binary64.
  it('fma64 is right where a * b + c loses the addend that breaks a tie', () => {
    const [a, b, c] = [2 ** 27 + 1, 2 ** 26 + 1, 2 ** -60];
    expect(a * b + c).toBe(2 ** 53 + 2 ** 27 + 2 ** 26);
    expect(fma64(a, b, c)).toBe(2 ** 53 + 2 ** 27 + 2 ** 26 + 2);
    expect(referenceFma(a, b, c, BINARY64)).toBe(2 ** 53 + 2 ** 27 + 2 ** 26 + 2);
  });

  it('fma64 recovers the exact rounding error of a product', () => {
    const x = 1 + 2 ** -52;
    expect(fma64(x, x, -(x * x))).toBe(2 ** -104);
    expect(fma64(x, 2 - x, -1)).toBe(-(2 ** -104));
  });

  it('fma64 does not overflow or underflow before the addend is in', () => {
    expect(fma64(2 ** 1000, 2 ** 24, -Number.MAX_VALUE)).toBe(2 ** 971);
    expect(fma64(2 ** 1000, 2 ** 1000, -Infinity)).toBe(-Infinity);
    expect(fma64(2 ** -1000, 2 ** -75, Number.MIN_VALUE)).toBe(2 * Number.MIN_VALUE);
    expect(fma64(2 ** -1000, -(2 ** -1000), 0)).toBe(-0);
  });
});

/**
 * An exact reference for the fused multiply-add: dyadic rationals in BigInt, rounded once to a binary format. Slow and
 * plain on purpose, and sharing nothing with src/, so that the two can only agree by both being right.
 */

/** The number numerator * 2^exponent. */
interface Dyadic {
  readonly numerator: bigint;
  readonly exponent: number;
}

export interface BinaryFormat {
  /** Bits of a normal significand, the leading one included. */
  readonly precision: number;
  /** log2 of the smallest subnormal. */
  readonly minUnit: number;
  /** log2 of the ulp of the largest finite number. */
  readonly maxUnit: number;
}

export const BINARY32: BinaryFormat = { precision: 24, minUnit: -149, maxUnit: 104 };
export const BINARY64: BinaryFormat = { precision: 53, minUnit: -1074, maxUnit: 971 };

const bytes = new DataView(new ArrayBuffer(8));

// Doubling and halving are exact here, which the ** operator does not promise.
const POWERS = new Map<number, number>([[0, 1]]);
for (let e = 1, up = 2, down = 0.5; down > 0; e++, up *= 2, down /= 2) POWERS.set(e, up).set(-e, down);

/** 2^e as a double, for -1074 <= e <= 1023. */
export function powerOfTwo(e: number): number {
  const power = POWERS.get(e);
  if (power === undefined || !Number.isFinite(power)) throw new RangeError(`2^${e} is no double`);
  return power;
}

/** The exact value of a finite double. */
function exactValue(x: number): Dyadic {
  if (!Number.isFinite(x)) throw new RangeError(`${x} has no exact value`);
  bytes.setFloat64(0, x, true);
  const bits = bytes.getBigUint64(0, true);
  const field = Number((bits >> 52n) % 2048n);
  const fraction = bits % 2n ** 52n;
  const size = field === 0 ? fraction : fraction + 2n ** 52n;
  return { numerator: bits >> 63n === 1n ? -size : size, exponent: (field === 0 ? 1 : field) - 1075 };
}

/** a * b + c with no rounding at all; the three are finite. */
export function exactMultiplyAdd(a: number, b: number, c: number): Dyadic {
  const x = exactValue(a);
  const y = exactValue(b);
  const z = exactValue(c);
  const gap = z.exponent - (x.exponent + y.exponent);
  const product = x.numerator * y.numerator;
  if (gap >= 0) return { numerator: product + (z.numerator << BigInt(gap)), exponent: x.exponent + y.exponent };
  return { numerator: (product << BigInt(-gap)) + z.numerator, exponent: z.exponent };
}

/** Whether a nonzero value lies exactly halfway between two neighbours of the format. */
export function isHalfway(value: Dyadic, format: BinaryFormat): boolean {
  if (value.numerator === 0n) return false;
  const below = unitOf(value, format) - 1 - value.exponent;
  // A halfway point is an odd multiple of half a unit.
  if (below < 0) return false;
  const half = 1n << BigInt(below);
  return value.numerator % half === 0n && (value.numerator / half) % 2n !== 0n;
}

/** The value rounded to the format, to nearest with ties to even; an exact zero gives +0. */
export function roundToFormat(value: Dyadic, format: BinaryFormat): number {
  const negative = value.numerator < 0n;
  const size = negative ? -value.numerator : value.numerator;
  const unit = unitOf(value, format);
  const shift = value.exponent - unit;
  let count = shift >= 0 ? size << BigInt(shift) : nearestQuotient(size, 1n << BigInt(-shift));
  let countUnit = unit;
  if (count === 1n << BigInt(format.precision)) {
    count >>= 1n;
    countUnit += 1;
  }
  // Number() and the product are exact: the count has at most 53 bits and the result is a double.
  const magnitude = countUnit > format.maxUnit ? Infinity : Number(count) * powerOfTwo(countUnit);
  return negative ? -magnitude : magnitude;
}

/** The IEEE 754 fusedMultiplyAdd of a format, special operands included, under round to nearest even. */
export function referenceFma(a: number, b: number, c: number, format: BinaryFormat): number {
  if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(c)) return NaN;
  const productNegative = isNegative(a) !== isNegative(b);
  const cInfinite = Math.abs(c) === Infinity;
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) {
    if (a === 0 || b === 0) return NaN;
    if (cInfinite && isNegative(c) !== productNegative) return NaN;
    return productNegative ? -Infinity : Infinity;
  }
  if (cInfinite) return c;
  const exact = exactMultiplyAdd(a, b, c);
  // An exact zero is -0 only as the sum of two negative zeros; x + (-x) is +0.
  if (exact.numerator === 0n) return productNegative && isNegative(c) ? -0 : 0;
  return roundToFormat(exact, format);
}

/** log2 of the spacing of the format at the value, were its exponents not bounded above. */
function unitOf(value: Dyadic, format: BinaryFormat): number {
  const size = value.numerator < 0n ? -value.numerator : value.numerator;
  return Math.max(value.exponent + bitLength(size) - format.precision, format.minUnit);
}

function bitLength(size: bigint): number {
  const hex = size.toString(16);
  return 4 * (hex.length - 1) + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

function nearestQuotient(size: bigint, divisor: bigint): bigint {
  const quotient = size / divisor;
  const doubled = 2n * (size % divisor);
  if (doubled < divisor) return quotient;
  if (doubled > divisor) return quotient + 1n;
  return quotient + (quotient % 2n);
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

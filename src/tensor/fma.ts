/**
 * Fused multiply-add, a * b + c with one rounding, for binary32 and binary64. JavaScript has neither.
 *
 * Both functions form the sum in double with its error term, round that sum to odd, and let one last ordinary rounding
 * finish: S. Boldo and G. Melquiond, "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding
 * to odd", IEEE Transactions on Computers 57(4), 2008.
 */

// A DataView's byte order is fixed (big-endian unless asked otherwise), so the word offsets hold on every machine.
const scratch: DataView = new DataView(new ArrayBuffer(8));
const HIGH_WORD = 0;
const LOW_WORD = 4;

/** Multiplying by 2^27 + 1 splits a double into two halves of at most 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

const MAX_FAST_FACTOR = 2 ** 990;
const MAX_FAST_TERM = 2 ** 1000;
const MIN_FAST_PRODUCT = 2 ** -960;

/** Exponent of the smallest subnormal double; also the exponent of the unit in the lowest normal binade. */
const MIN_EXPONENT = -1074;
const MAX_EXPONENT = 971;
const PRECISION = 53;

/** What rounding x + y to the nearest double lost, exactly (Knuth's TwoSum); sum is that rounded x + y. */
function sumError(x: number, y: number, sum: number): number {
  const yPart = sum - x;
  return x - (sum - yPart) + (y - yPart);
}

/** The exact value sum + error, |error| at most half an ulp of sum, rounded to odd. */
function roundToOdd(sum: number, error: number): number {
  // A NaN error comes with a sum that is not finite.
  if (error === 0 || Number.isNaN(error)) return sum;
  scratch.setFloat64(0, sum);
  const low = scratch.getUint32(LOW_WORD);
  if ((low & 1) === 1) return sum;
  if (error > 0 === sum > 0) {
    scratch.setUint32(LOW_WORD, low + 1);
  } else {
    scratch.setUint32(LOW_WORD, low - 1);
    if (low === 0) scratch.setUint32(HIGH_WORD, scratch.getUint32(HIGH_WORD) - 1);
  }
  return scratch.getFloat64(0);
}

/**
 * The binary32 fused multiply-add: a * b + c rounded once, to nearest with ties to even.
 *
 * The arguments must be float32 values; the result is one. Subnormals are kept, overflow gives an infinity, and
 * infinities, NaN and signed zeros follow IEEE 754. Nothing is thrown. Source: the product of two float32 values is
 * exact in double, so one round-to-odd sum is enough (Boldo and Melquiond 2008).
 */
export function fma32(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  return Math.fround(roundToOdd(sum, sumError(product, c, sum)));
}

/**
 * The binary64 fused multiply-add: a * b + c rounded once, to nearest with ties to even.
 *
 * Exact for every triple of doubles. Subnormals are kept, overflow gives an infinity, and infinities, NaN and signed
 * zeros follow IEEE 754. Nothing is thrown. Source: Boldo and Melquiond 2008 with the product error by Dekker 1971
 * where no intermediate can overflow or underflow; exact integers elsewhere.
 */
export function fma64(a: number, b: number, c: number): number {
  const product = a * b;
  const size = Math.abs(product);
  // The lower bound makes every partial product a multiple of 2^-1074, so nothing below underflows, whatever c is; the
  // upper bounds leave room for the splitting and the sums. Written so that NaN fails it.
  const inRange =
    size >= MIN_FAST_PRODUCT &&
    size <= MAX_FAST_TERM &&
    Math.abs(a) <= MAX_FAST_FACTOR &&
    Math.abs(b) <= MAX_FAST_FACTOR &&
    Math.abs(c) <= MAX_FAST_TERM;
  if (!inRange) return fma64OutOfRange(a, b, c);

  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  const productError = aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;

  const small = c + productError;
  const smallError = sumError(c, productError, small);
  const sum = product + small;
  const error = sumError(product, small, sum);
  const tail = smallError + error;
  return sum + roundToOdd(tail, sumError(smallError, error, tail));
}

function fma64OutOfRange(a: number, b: number, c: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === 0 || b === 0) return a * b + c;
  // Not a * b + c: the product may overflow to the infinity opposite to c.
  if (!Number.isFinite(c)) return c;
  // Not a * b + c: a product that underflows to -0 must stay -0 under c = +0.
  if (c === 0) return a * b;

  const productExponent = unitExponent(a) + unitExponent(b);
  const addendExponent = unitExponent(c);
  const exponent = Math.min(productExponent, addendExponent);
  const product = (significand(a) * significand(b)) << BigInt(productExponent - exponent);
  const addend = significand(c) << BigInt(addendExponent - exponent);
  return nearestDouble(product + addend, exponent);
}

/** The e of x = m * 2^e, with m the integer that significand gives; x is finite. */
function unitExponent(x: number): number {
  scratch.setFloat64(0, x);
  const field = (scratch.getUint32(HIGH_WORD) >>> 20) & 0x7ff;
  return Math.max(field, 1) - 1 + MIN_EXPONENT;
}

function significand(x: number): bigint {
  scratch.setFloat64(0, x);
  const fraction = BigInt.asUintN(52, scratch.getBigUint64(0));
  const isNormal = ((scratch.getUint32(HIGH_WORD) >>> 20) & 0x7ff) !== 0;
  const magnitude = isNormal ? fraction + (1n << 52n) : fraction;
  return x < 0 ? -magnitude : magnitude;
}

/** value * 2^exponent to the nearest double, ties to even; a zero value gives +0. */
function nearestDouble(value: bigint, exponent: number): number {
  if (value === 0n) return 0;
  const magnitude = value < 0n ? -value : value;
  const excess = magnitude.toString(2).length - PRECISION;
  const unit = Math.max(exponent + excess, MIN_EXPONENT);
  if (unit > MAX_EXPONENT) return value < 0n ? -Infinity : Infinity;

  let rounded: bigint;
  if (unit <= exponent) {
    rounded = magnitude << BigInt(exponent - unit);
  } else {
    const dropped = BigInt(unit - exponent);
    rounded = magnitude >> dropped;
    const twiceRest = (magnitude - (rounded << dropped)) << 1n;
    const one = 1n << dropped;
    if (twiceRest > one || (twiceRest === one && (rounded & 1n) === 1n)) rounded += 1n;
  }

  // Added, not joined: the leading bit of a normal significand then counts as the first step of the exponent field, a
  // subnormal has none, and a carry out of rounding moves on to the next binade, or to infinity past the last.
  const bits = rounded + (BigInt(unit - MIN_EXPONENT) << 52n);
  scratch.setBigUint64(0, bits);
  const result = scratch.getFloat64(0);
  return value < 0n ? -result : result;
}

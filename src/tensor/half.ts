/**
 * The half types: float16, IEEE's binary16, and bfloat16, a float32 without its last 16 bits. Their elements stand in a Float32Array,
 * which holds each of them exactly.
 */

/** An element type of 16 bits, by PyTorch's name. */
export type HalfDType = 'float16' | 'bfloat16';

/** A Float32Array and its bits. */
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The smallest normal float16, and the step between those below it. */
const NORMAL = 2 ** -14;
const STEP = 2 ** -24;

/** A double of which float32s of at most NORMAL leave the multiples of STEP, rounded half to even. */
const SHIFT = 1.5 * 2 ** 28;

/** A double as the nearest float32, and that as the nearest bfloat16: PyTorch rounds twice. */
export function toBfloat16(x: number): number {
  float[0] = x;
  return cut(16);
}

/** A double as the nearest float32, and that as the nearest float16: PyTorch rounds twice. */
export function toFloat16(x: number): number {
  float[0] = x;
  const single = float[0]!;
  // The sum is not 0 where the element is -0.
  if (Math.abs(single) < NORMAL) return single === 0 ? single : Math.sign(single) * (Math.abs(single) + SHIFT - SHIFT);
  const rounded = cut(13);
  return Math.abs(rounded) > 65504 ? Math.sign(rounded) * Infinity : rounded;
}

/** The scratch float32 without its last bits, rounded half to even. */
function cut(bits: 13 | 16): number {
  const x = float[0]!;
  if (!Number.isFinite(x)) return x;
  const w = word[0]!;
  const unit = 2 ** bits;
  const rest = w % unit;
  const odd = ((w - rest) / unit) % 2;
  const up = rest > unit / 2 || (rest === unit / 2 && odd === 1);
  word[0] = w - rest + (up ? unit : 0);
  return float[0]!;
}

/** The 16 bits of an element; of every NaN the same. */
export function halfBits(dtype: HalfDType, x: number): number {
  if (Number.isNaN(x)) return dtype === 'float16' ? 0x7e00 : 0x7fc0;
  float[0] = x;
  const w = word[0]!;
  if (dtype === 'bfloat16') return w >>> 16;
  const sign = (w >>> 31) << 15;
  const magnitude = Math.abs(x);
  if (magnitude === Infinity) return sign | 0x7c00;
  if (magnitude < NORMAL) return sign | (magnitude / STEP);
  return sign | ((((w >>> 23) & 0xff) - 112) << 10) | ((w >>> 13) & 0x3ff);
}

/** The element of 16 bits. */
export function fromHalfBits(dtype: HalfDType, bits: number): number {
  return dtype === 'float16' ? smallFloat(bits, 5, 10, true) : smallFloat(bits, 8, 7, true);
}

/** A float of a sign, `e` bits of exponent and `m` of mantissa; without infinities the largest pattern is NaN. */
export function smallFloat(bits: number, e: number, m: number, infinities: boolean): number {
  const sign = bits >> (e + m) ? -1 : 1;
  const exponent = (bits >> m) & ((1 << e) - 1);
  const mantissa = bits & ((1 << m) - 1);
  const bias = (1 << (e - 1)) - 1;
  const top = exponent === (1 << e) - 1;
  if (top && infinities) return mantissa === 0 ? sign * Infinity : NaN;
  if (top && mantissa === (1 << m) - 1) return NaN;
  if (exponent === 0) return sign * mantissa * 2 ** (1 - bias - m);
  return sign * (1 + mantissa / 2 ** m) * 2 ** (exponent - bias);
}

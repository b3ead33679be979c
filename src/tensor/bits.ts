/**
 * Hex bit patterns of elements: most significant digit first, separated by one space, in C order.
 */
import {
  allocate,
  dtypeInfo,
  dtypeOf,
  type Data,
  type DType,
  type FloatingDType,
  isComplex,
  isHalf,
  MAX_INTEGER,
  partDType,
} from './dtype.ts';
import { fromHalfBits, halfBits } from './half.ts';

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

// DataView reads and writes big-endian whatever the processor; the typed arrays of this module hold one element each.
const scratch = new DataView(new ArrayBuffer(8));

/** The bit pattern of one element, 2, 4, 8 or 16 hex digits; of every NaN the same. */
export function elementBits(dtype: DType, x: number): string {
  if (dtype === 'bool') return x === 0 ? '00' : '01';
  if (isHalf(dtype)) {
    const bits = halfBits(dtype, x);
    return BYTES[bits >> 8]! + BYTES[bits & 0xff]!;
  }
  if (dtype === 'int64') {
    scratch.setBigInt64(0, BigInt(x));
    return word(0) + word(4);
  }
  // A NaN's sign and payload depend on the processor.
  if (Number.isNaN(x)) return dtype === 'float32' ? '7fc00000' : '7ff8000000000000';
  if (dtype === 'float32') scratch.setFloat32(0, x);
  else scratch.setFloat64(0, x);
  return dtype === 'float32' ? word(0) : word(0) + word(4);
}

function word(at: number): string {
  return (
    BYTES[scratch.getUint8(at)]! +
    BYTES[scratch.getUint8(at + 1)]! +
    BYTES[scratch.getUint8(at + 2)]! +
    BYTES[scratch.getUint8(at + 3)]!
  );
}

/** The bit patterns of all elements, whose dtype the array says unless they are of a half type or integers; the empty text for no elements. */
export function toBits(data: Data, dtype: DType = dtypeOf(data)): string {
  let text = '';
  for (let i = 0; i < data.length; i++)
    text += i === 0 ? elementBits(dtype, data[i]!) : ' ' + elementBits(dtype, data[i]!);
  return text;
}

/**
 * The elements that a text of bit patterns denotes, of a complex dtype two patterns each.
 *
 * @throws RangeError when a pattern has another length than the dtype's, is not lower-case hex or is of an integer too large, or of no boolean
 */
export function fromBits(dtype: DType, text: string): Data {
  if (isComplex(dtype)) return fromBits(partDType(dtype), text);
  if (text === '') return allocate(dtype, 0);
  const { digits } = dtypeInfo(dtype);
  const patterns = text.split(' ');
  const data = allocate(dtype, patterns.length);
  patterns.forEach((pattern, i) => {
    if (pattern.length !== digits || !/^[0-9a-f]+$/.test(pattern))
      throw new RangeError(
        `element ${i}: expected ${digits} lower-case hex digits of ${dtype}, got ${JSON.stringify(pattern)}`,
      );
    if (dtype === 'bool' && !/^0[01]$/.test(pattern))
      throw new RangeError(`element ${i}: expected 00 or 01, got ${JSON.stringify(pattern)}`);
    scratch.setUint32(0, parseInt(pattern.slice(0, 8), 16));
    if (digits === 16) scratch.setUint32(4, parseInt(pattern.slice(8), 16));
    if (dtype === 'int64' && !isExact(integer(pattern)))
      throw new RangeError(`element ${i}: expected an integer of at most 2^53 in magnitude, got ${integer(pattern)}`);
    if (dtype === 'int64') data[i] = Number(integer(pattern));
    else if (dtype === 'bool') data[i] = Number(pattern);
    else if (isHalf(dtype)) data[i] = fromHalfBits(dtype, parseInt(pattern, 16));
    else data[i] = dtype === 'float32' ? scratch.getFloat32(0) : scratch.getFloat64(0);
  });
  return data;
}

/** The integer of a bit pattern of 16 digits, in two's complement. */
export function integer(pattern: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${pattern}`));
}

/** Whether an integer can be an element of an int64 tensor here. */
export function isExact(x: bigint): boolean {
  return x >= -MAX_INTEGER && x <= MAX_INTEGER;
}

/**
 * How many representable values lie between two elements of one dtype, signed (positive: `actual` is the larger).
 * Zeros of either sign count as one value; undefined where one of them is NaN.
 */
export function ulps(dtype: FloatingDType, expected: number, actual: number): bigint | undefined {
  if (Number.isNaN(expected) || Number.isNaN(actual)) return undefined;
  return ordinal(dtype, actual) - ordinal(dtype, expected);
}

function ordinal(dtype: FloatingDType, x: number): bigint {
  const magnitude = BigInt('0x' + elementBits(dtype, Math.abs(x)));
  return x < 0 ? -magnitude : magnitude;
}

/**
 * Element types, and the only place that knows how many hex digits, which typed array and which rounding each has.
 */

import { type HalfDType, toBfloat16, toFloat16 } from './half.ts';

export type { HalfDType };

/** A floating-point element type that is computed in, by PyTorch's name: half types are in float32. */
export type OpmathDType = 'float32' | 'float64';

/** A floating-point element type, by PyTorch's name. */
export type FloatingDType = OpmathDType | HalfDType;

/** An element type, by PyTorch's name. */
export type DType = FloatingDType | 'int64' | 'bool';

/**
 * Elements of a tensor, in storage order. Those of half types stand in a Float32Array. Integers stand in a Float64Array: up to
 * `MAX_INTEGER` in magnitude they are exact; and so do booleans, as 0 and 1.
 */
export type Data = Float32Array | Float64Array;

interface Info {
  /** Hex digits of one element's bit pattern. */
  readonly digits: 2 | 4 | 8 | 16;
  /** Rounds a double to the dtype, half to even. */
  readonly round: (x: number) => number;
  /** The largest finite number that an element can be. */
  readonly max: number;
  /** Elements of one 64-byte block of a vectorised CPU kernel (clause NUM-7). */
  readonly block: number;
  /** As PyTorch's kernels name it, a half type without its namespace. */
  readonly c_name: 'float' | 'double' | 'Half' | 'BFloat16' | 'long int' | 'bool';
  /** As PyTorch's refusals and types of tensors name it. */
  readonly scalar_type: 'Float' | 'Double' | 'Half' | 'BFloat16' | 'Long' | 'Bool';
}

/** The largest integer that an int64 element can be here; PyTorch's go up to 2^63. */
export const MAX_INTEGER: number = 2 ** 53;

const info: Readonly<Record<DType, Info>> = {
  float32: {
    digits: 8,
    round: Math.fround,
    max: 2 ** 128 - 2 ** 104,
    block: 16,
    c_name: 'float',
    scalar_type: 'Float',
  },
  float64: { digits: 16, round: (x) => x, max: Number.MAX_VALUE, block: 8, c_name: 'double', scalar_type: 'Double' },
  float16: { digits: 4, round: toFloat16, max: 65504, block: 32, c_name: 'Half', scalar_type: 'Half' },
  bfloat16: {
    digits: 4,
    round: toBfloat16,
    max: 2 ** 128 - 2 ** 120,
    block: 32,
    c_name: 'BFloat16',
    scalar_type: 'BFloat16',
  },
  int64: { digits: 16, round: (x) => x + 0, max: MAX_INTEGER, block: 8, c_name: 'long int', scalar_type: 'Long' },
  bool: { digits: 2, round: (x) => Number(x !== 0), max: 1, block: 64, c_name: 'bool', scalar_type: 'Bool' },
};

/** Every floating-point dtype that is computed in. */
export const opmath_dtypes: readonly OpmathDType[] = ['float32', 'float64'];

/** Every half type. */
export const half_dtypes: readonly HalfDType[] = ['float16', 'bfloat16'];

/** Every floating-point dtype. */
export const floating_dtypes: readonly FloatingDType[] = [...opmath_dtypes, ...half_dtypes];

/** Every supported dtype. */
export const dtypes: readonly DType[] = [...floating_dtypes, 'int64', 'bool'];

/** Whether a dtype is a floating-point one. */
export function isFloating(dtype: DType): dtype is FloatingDType {
  return dtype === 'float32' || dtype === 'float64' || isHalf(dtype);
}

/** Whether a dtype is of 16 bits: it is computed in float32, and each result rounded. */
export function isHalf(dtype: DType): dtype is HalfDType {
  return dtype === 'float16' || dtype === 'bfloat16';
}

/** What the operations on a dtype compute in: float32 for a half type. */
export function opmath(dtype: DType): DType {
  return isHalf(dtype) ? 'float32' : dtype;
}

/** A number as it is put into an array of a dtype's elements, which rounds it itself but for half types. */
export function toElement(dtype: DType, x: number): number {
  return isHalf(dtype) ? info[dtype].round(x) : x;
}

/** Whether the elements of a dtype stand in a Float32Array. */
export function isSingle(dtype: DType): boolean {
  return dtype === 'float32' || isHalf(dtype);
}

/** Digits, rounding, range and block size of a dtype. */
export function dtypeInfo(dtype: DType): Info {
  return info[dtype];
}

/** A zero-filled array of `length` elements. */
export function allocate(dtype: DType, length: number): Data {
  return isSingle(dtype) ? new Float32Array(length) : new Float64Array(length);
}

/** The floating-point dtype whose elements a typed array holds, unless they are of a half type or integers. */
export function dtypeOf(data: Data): OpmathDType {
  return data instanceof Float32Array ? 'float32' : 'float64';
}

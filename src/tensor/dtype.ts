/**
 * Element types, and the only place that knows how many hex digits, which typed array and which rounding each has.
 */

import { type HalfDType, toBfloat16, toFloat16 } from './half.ts';

export type { HalfDType };

/** A floating-point element type that is computed in, by PyTorch's name: half types are in float32. */
export type OpmathDType = 'float32' | 'float64';

/** A floating-point element type, by PyTorch's name. */
export type FloatingDType = OpmathDType | HalfDType;

/** An element type of complex numbers, by PyTorch's name: an element is a pair of floats, its parts. */
export type ComplexDType = 'complex64' | 'complex128';

/** An element type, by PyTorch's name. */
export type DType = FloatingDType | ComplexDType | 'int64' | 'bool';

/**
 * Elements of a tensor, in storage order. Those of half types stand in a Float32Array, complex ones as their real part and then their
 * imaginary one. Integers stand in a Float64Array: up to `MAX_INTEGER` in magnitude they are exact; and so do booleans, as 0 and 1.
 */
export type Data = Float32Array | Float64Array;

interface Info {
  /** Hex digits of one element's bit pattern, of a complex one's part. */
  readonly digits: 2 | 4 | 8 | 16;
  /** Rounds a double to the dtype, half to even; a part to that of a complex one. */
  readonly round: (x: number) => number;
  /** The largest finite number that an element can be. */
  readonly max: number;
  /** Elements of one 64-byte block of a vectorised CPU kernel (clause NUM-7). */
  readonly block: number;
  /** As PyTorch's kernels name it, a half type without its namespace. */
  readonly c_name:
    'float' | 'double' | 'Half' | 'BFloat16' | 'complex<float>' | 'complex<double>' | 'long int' | 'bool';
  /** As PyTorch's refusals and types of tensors name it. */
  readonly scalar_type: 'Float' | 'Double' | 'Half' | 'BFloat16' | 'ComplexFloat' | 'ComplexDouble' | 'Long' | 'Bool';
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
  complex64: {
    digits: 8,
    round: Math.fround,
    max: 2 ** 128 - 2 ** 104,
    block: 8,
    c_name: 'complex<float>',
    scalar_type: 'ComplexFloat',
  },
  complex128: {
    digits: 16,
    round: (x) => x,
    max: Number.MAX_VALUE,
    block: 4,
    c_name: 'complex<double>',
    scalar_type: 'ComplexDouble',
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

/** Every complex dtype. */
export const complex_dtypes: readonly ComplexDType[] = ['complex64', 'complex128'];

/** Every supported dtype. */
export const dtypes: readonly DType[] = [...floating_dtypes, ...complex_dtypes, 'int64', 'bool'];

/** Whether a dtype is a floating-point one. */
export function isFloating(dtype: DType): dtype is FloatingDType {
  return dtype === 'float32' || dtype === 'float64' || isHalf(dtype);
}

/** Whether a dtype is of complex numbers. */
export function isComplex(dtype: DType): dtype is ComplexDType {
  return dtype === 'complex64' || dtype === 'complex128';
}

/** The dtype of the parts of a complex one; any other itself. */
export function partDType<D extends DType>(dtype: D): Exclude<D, ComplexDType> | OpmathDType;
export function partDType(dtype: DType): DType {
  if (!isComplex(dtype)) return dtype;
  return dtype === 'complex64' ? 'float32' : 'float64';
}

/** How many numbers an element of a dtype is. */
export function partsOf(dtype: DType): 1 | 2 {
  return isComplex(dtype) ? 2 : 1;
}

/** Whether the numbers of a dtype are floating-point ones, as elements or as parts: tensors of it can require grad. */
export function isInexact(dtype: DType): boolean {
  return isFloating(dtype) || isComplex(dtype);
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
  return dtype === 'float32' || dtype === 'complex64' || isHalf(dtype);
}

/** Digits, rounding, range and block size of a dtype. */
export function dtypeInfo(dtype: DType): Info {
  return info[dtype];
}

/** A zero-filled array of `length` elements. */
export function allocate(dtype: DType, length: number): Data {
  const numbers = length * partsOf(dtype);
  return isSingle(dtype) ? new Float32Array(numbers) : new Float64Array(numbers);
}

/** The floating-point dtype whose elements a typed array holds, unless they are of a half type, parts or integers. */
export function dtypeOf(data: Data): OpmathDType {
  return data instanceof Float32Array ? 'float32' : 'float64';
}

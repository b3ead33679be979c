/**
 * Element types, and the only place that knows how many hex digits, which typed array and which rounding each has.
 */

/** A floating-point element type, by PyTorch's name. */
export type FloatingDType = 'float32' | 'float64';

/** An element type, by PyTorch's name. */
export type DType = FloatingDType | 'int64' | 'bool';

/**
 * Elements of a tensor, in storage order. Integers stand in a Float64Array too: up to `MAX_INTEGER` in magnitude they are exact; and so
 * do booleans, as 0 and 1.
 */
export type Data = Float32Array | Float64Array;

interface Info {
  /** Hex digits of one element's bit pattern. */
  readonly digits: 2 | 8 | 16;
  /** Rounds a double to the dtype, half to even. */
  readonly round: (x: number) => number;
  /** The largest finite number that an element can be. */
  readonly max: number;
  /** Elements of one 64-byte block of a vectorised CPU kernel (clause NUM-7). */
  readonly block: number;
  /** As PyTorch's kernels name it. */
  readonly c_name: 'float' | 'double' | 'long int' | 'bool';
  /** As PyTorch's refusals and types of tensors name it. */
  readonly scalar_type: 'Float' | 'Double' | 'Long' | 'Bool';
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
  int64: { digits: 16, round: (x) => x + 0, max: MAX_INTEGER, block: 8, c_name: 'long int', scalar_type: 'Long' },
  bool: { digits: 2, round: (x) => Number(x !== 0), max: 1, block: 64, c_name: 'bool', scalar_type: 'Bool' },
};

/** Every floating-point dtype. */
export const floating_dtypes: readonly FloatingDType[] = ['float32', 'float64'];

/** Every supported dtype. */
export const dtypes: readonly DType[] = [...floating_dtypes, 'int64', 'bool'];

/** Whether a dtype is a floating-point one. */
export function isFloating(dtype: DType): dtype is FloatingDType {
  return dtype === 'float32' || dtype === 'float64';
}

/** Digits, rounding, range and block size of a dtype. */
export function dtypeInfo(dtype: DType): Info {
  return info[dtype];
}

/** A zero-filled array of `length` elements. */
export function allocate(dtype: DType, length: number): Data {
  return dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/** The floating-point dtype whose elements a typed array holds, unless they are integers. */
export function dtypeOf(data: Data): FloatingDType {
  return data instanceof Float32Array ? 'float32' : 'float64';
}

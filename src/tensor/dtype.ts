/**
 * Element types, and the only place that knows how many hex digits, which typed array and which rounding each has.
 */

/** A floating-point element type, by PyTorch's name. */
export type DType = 'float32' | 'float64';

/** Elements of a tensor, in storage order. */
export type Data = Float32Array | Float64Array;

interface Info {
  /** Hex digits of one element's bit pattern. */
  readonly digits: 8 | 16;
  /** Rounds a double to the dtype, half to even. */
  readonly round: (x: number) => number;
  /** The largest finite number. */
  readonly max: number;
  /** Elements of one 64-byte block of a vectorised CPU kernel (clause NUM-7). */
  readonly block: number;
  /** As PyTorch's kernels name it. */
  readonly c_name: 'float' | 'double';
}

const info: Readonly<Record<DType, Info>> = {
  float32: { digits: 8, round: Math.fround, max: 2 ** 128 - 2 ** 104, block: 16, c_name: 'float' },
  float64: { digits: 16, round: (x) => x, max: Number.MAX_VALUE, block: 8, c_name: 'double' },
};

/** Every supported dtype. */
export const dtypes: readonly DType[] = ['float32', 'float64'];

/** Digits, rounding, range and block size of a dtype. */
export function dtypeInfo(dtype: DType): Info {
  return info[dtype];
}

/** A zero-filled array of `length` elements. */
export function allocate(dtype: DType, length: number): Data {
  return dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/** The dtype whose elements a typed array holds. */
export function dtypeOf(data: Data): DType {
  return data instanceof Float32Array ? 'float32' : 'float64';
}

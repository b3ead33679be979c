/**
 * What a tensor is made of.
 */
import { type Data, type DType, dtypes, isInexact, isSingle, partsOf } from './dtype.ts';

/** A device label. It directs PyTorch's bookkeeping rules; the elements live in this process all the same. */
export type Device = 'cpu' | `cuda:${number}`;

/** Counts how often elements have been written in place (clause RMS-18). */
export interface VersionCounter {
  count: number;
}

/** How to make a tensor; everything but `shape` and `data` has PyTorch's default. */
export interface TensorInit {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Elements in storage order: C order unless `strides` says otherwise; of a complex one both parts. */
  readonly data: Data;
  /** Elements from one index to the next, a number a dimension; contiguous when left out. */
  readonly strides?: readonly number[];
  readonly device?: Device;
  readonly requires_grad?: boolean;
  /** A tensor whose elements these are too: what is written into one is written into both. */
  readonly shares?: { readonly versions: VersionCounter };
  readonly is_sparse?: boolean;
}

/** @throws RangeError when there is no such dtype, the data are of another, or they are not as many as shape and strides say */
export function refuseMisfit({ dtype, shape, strides, data }: TensorInit): void {
  if (!dtypes.includes(dtype)) throw new RangeError(`unknown dtype ${dtype}; known are ${dtypes.join(', ')}`);
  const type = isSingle(dtype) ? Float32Array : Float64Array;
  if (!(data instanceof type)) throw new RangeError(`data of ${dtype}: expected a ${type.name}`);
  const whole = dtype === 'bool' ? 'zeros and ones' : 'integers';
  const odd = isInexact(dtype)
    ? undefined
    : data.find((x) => !(Number.isInteger(x) && (dtype === 'int64' || x === 0 || x === 1)));
  if (odd !== undefined) throw new RangeError(`data of ${dtype}: expected ${whole}, got ${odd}`);
  if (strides === undefined) {
    const numel = shape.reduce((product, size) => product * size, 1);
    if (data.length !== numel * partsOf(dtype))
      throw new RangeError(
        `data of shape [${shape.join(', ')}]: expected ${numel} elements, got ${data.length / partsOf(dtype)}`,
      );
    return;
  }
  if (strides.length !== shape.length)
    throw new RangeError(`strides of shape [${shape.join(', ')}]: expected ${shape.length}, got ${strides.length}`);
  const reached = shape.includes(0) ? 0 : shape.reduce((last, size, d) => last + (size - 1) * strides[d]!, 1);
  const length = data.length / partsOf(dtype);
  if (length < reached)
    throw new RangeError(
      `data of shape [${shape.join(', ')}] and strides [${strides.join(', ')}]: expected at least ${reached} elements, got ${length}`,
    );
}

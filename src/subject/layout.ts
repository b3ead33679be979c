/**
 * How the tensors of a scenario lie in memory, and their gradients.
 */
import type { Layout } from '../scenario/types.ts';
import { allocate, type Data, dtypeOf, partsOf, type DType } from '../tensor/dtype.ts';
import { contiguousStrides, denseStrides, isContiguous, storageOffsets } from '../tensor/strides.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Strides of a tensor in a layout. */
export function layoutStrides(layout: Layout, shape: readonly number[]): readonly number[] {
  if (layout === 'transposed') return contiguousStrides(shape.toReversed()).toReversed();
  if (layout === 'expanded') return contiguousStrides(shape).with(0, 0);
  if (layout === 'gapped') {
    const wider = contiguousStrides(shape.with(-1, 2 * shape.at(-1)!));
    return wider.with(-1, 2);
  }
  const [n, c, h, w] = shape as [number, number, number, number];
  const [image, row, column, channel] = contiguousStrides([n, h, w, c]) as [number, number, number, number];
  return [image, channel, row, column];
}

/** The storage of a tensor whose elements in C order are given; theirs where C order is storage order. */
export function laidOut(data: Data, dtype: DType, shape: readonly number[], strides: readonly number[]): Data {
  if (isContiguous(shape, strides)) return data;
  const offsets = storageOffsets(shape, strides, partsOf(dtype));
  const storage = allocate(dtypeOf(data), Math.max(...offsets) + 1);
  data.forEach((x, i) => (storage[offsets[i]!] = x));
  return storage;
}

/** A gradient as autograd lays it out: like its tensor, without gaps. */
export function gradientOf({ dtype, shape, strides, device }: Tensor, elements: Data): Tensor {
  const dense = denseStrides(shape, strides);
  return new Tensor({ dtype, shape, device, strides: dense, data: laidOut(elements, dtype, shape, dense) });
}

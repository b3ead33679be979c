/**
 * Tensors made like others.
 */
import { allocateBeside } from './allocator.ts';
import { warn } from '../python/warnings.ts';
import { allocate, type DType, isComplex, toElement } from './dtype.ts';
import { denseStrides } from './strides.ts';
import { Tensor } from './tensor.ts';
import type { Device } from './tensor-init.ts';

/** Zeros with the shape, device and, unless told otherwise, dtype of another tensor; strides are kept where they are dense (clause STA-3). */
export function zeros_like(other: Tensor, dtype: DType = other.dtype): Tensor {
  const { shape, device } = other;
  const strides = denseStrides(shape, other.strides);
  return new Tensor({ dtype, shape, device, strides, data: allocateBeside(other.storage, dtype, other.numel()) });
}

/** The same, for what an operation writes: its elements lie nowhere in particular. */
export function emptyLike(other: Tensor, dtype: DType): Tensor {
  const { shape, device } = other;
  const strides = denseStrides(shape, other.strides);
  return new Tensor({ dtype, shape, device, strides, data: allocate(dtype, other.numel()) });
}

/**
 * A new tensor of the same elements, rounded to a dtype, without gaps and with the dimensions in the same order. Of complex elements
 * a real dtype takes the real parts, with a warning.
 */
export function cloned(tensor: Tensor, dtype: DType = tensor.dtype): Tensor {
  const made = zeros_like(tensor, dtype);
  const drops = isComplex(tensor.dtype) && !isComplex(dtype);
  if (drops) warn('UserWarning', DROPS);
  const to = made.offsets();
  const elements = drops ? tensor.elements().filter((_, i) => i % 2 === 0) : tensor.elements();
  if (to === undefined && tensor.dtype === dtype) made.storage.set(elements);
  else elements.forEach((x, i) => (made.storage[to?.[i] ?? i] = toElement(dtype, x)));
  return made;
}

/** `torch.tensor(value)`: a tensor of no dimensions. */
export function tensor(value: number, dtype: DType, device: Device): Tensor {
  return new Tensor({ dtype, shape: [], device, data: allocate(dtype, 1).fill(toElement(dtype, value)) });
}

const DROPS = 'Casting complex values to real discards the imaginary part';

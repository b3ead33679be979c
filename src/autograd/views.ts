/**
 * Other tensors over the same elements: views, and what is cut off from the graph.
 */
import { RuntimeError } from '../python/errors.ts';
import { record } from '../tensor/autograd.ts';
import { cloned } from '../tensor/creation.ts';
import { contiguousStrides } from '../tensor/strides.ts';
import { Tensor } from '../tensor/tensor.ts';
import { transposed } from './numbers.ts';
import { noteView } from './shared.ts';

/** The same elements, written together, outside of the graph. */
export function detach({ dtype, device, shape, strides, storage, versions }: Tensor): Tensor {
  return new Tensor({ dtype, device, shape, strides, data: storage, shares: { versions } });
}

/** A copy, through which gradients go. */
export function clone(self: Tensor): Tensor {
  const made = cloned(self);
  record('Clone', made, [self]);
  return made;
}

/**
 * The elements in C order as another shape; written together with the tensor.
 *
 * @throws RuntimeError for a shape of another number of elements, or for elements that do not lie in C order
 */
export function view(self: Tensor, shape: readonly number[]): Tensor {
  const numel = shape.reduce((n, size) => n * size, 1);
  if (numel !== self.numel())
    throw new RuntimeError(`shape '[${shape.join(', ')}]' is invalid for input of size ${self.numel()}`);
  if (!self.is_contiguous())
    throw new RuntimeError(
      "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous " +
        'subspaces). Use .reshape(...) instead.',
    );
  return viewed('View', self, shape, contiguousStrides(shape));
}

/** Rows for columns of a matrix; written together with it. @throws RuntimeError for more than two dimensions */
export function t(self: Tensor): Tensor {
  if (self.shape.length > 2)
    throw new RuntimeError(`t() expects a tensor with <= 2 dimensions, but self is ${self.shape.length}D`);
  const { shape, strides } = transposed(self);
  return viewed('T', self, shape, strides);
}

/** Rows `start` to `start + length` of the first dimension; written together with the tensor. @throws RuntimeError outside of it */
export function narrow(self: Tensor, start: number, length: number): Tensor {
  const [size = 0, ...rest] = self.shape;
  if (start < 0 || length < 0 || start + length > size)
    throw new RuntimeError(`start (${start}) + length (${length}) exceeds dimension size (${size}).`);
  return viewed('Slice', self, [length, ...rest], self.strides, start);
}

/**
 * The elements repeated along dimensions of one element or new ones in front.
 *
 * @throws RuntimeError where a dimension has another size
 */
export function expand(self: Tensor, shape: readonly number[]): Tensor {
  const missing = shape.length - self.shape.length;
  const strides = shape.map((size, d) => {
    const own = self.shape[d - missing];
    if (own === size) return self.strides[d - missing]!;
    if (own !== undefined && own !== 1)
      throw new RuntimeError(
        `The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${d}.  ` +
          `Target sizes: [${shape.join(', ')}].  Tensor sizes: [${self.shape.join(', ')}]`,
      );
    return 0;
  });
  return viewed('Expand', self, shape, strides);
}

function viewed(
  name: string,
  self: Tensor,
  shape: readonly number[],
  strides: readonly number[],
  start: number = 0,
): Tensor {
  const { dtype, device, storage, versions } = self;
  const data = start === 0 ? storage : storage.subarray(start * (self.strides[0] ?? 0));
  const made = new Tensor({ dtype, device, shape, strides, data, shares: { versions } });
  noteView(made, self);
  record(name, made, [self], start);
  return made;
}

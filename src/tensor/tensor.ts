/**
 * A tensor as far as an optimizer sees one: elements, layout, device label, and autograd bookkeeping without a graph.
 */
import { RuntimeError } from './errors.ts';
import { allocate, type Data, type DType } from './dtype.ts';
import { contiguousStrides, denseStrides, isContiguous, storageOffsets } from './strides.ts';

/** A device label. It directs PyTorch's bookkeeping rules; the elements live in this process all the same. */
export type Device = 'cpu' | `cuda:${number}`;

/** How to make a tensor; everything but `shape` and `data` has PyTorch's default. */
export interface TensorInit {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Elements in storage order: C order unless `strides` says otherwise. */
  readonly data: Data;
  /** Elements from one index to the next, a number a dimension; contiguous when left out. */
  readonly strides?: readonly number[];
  readonly device?: Device;
  readonly requires_grad?: boolean;
  /** False for the result of an operation that recorded gradients. */
  readonly is_leaf?: boolean;
  readonly is_sparse?: boolean;
}

/** A tensor of `shape` over a typed array. */
export class Tensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly device: Device;
  readonly is_sparse: boolean;
  requires_grad: boolean;
  is_leaf: boolean;
  retains_grad = false;
  /** Elements in storage order; shared with whoever passed them. */
  readonly storage: Data;
  readonly #numel: number;
  readonly #offsets: Int32Array | undefined;
  #grad: Tensor | null = null;

  constructor(init: TensorInit) {
    this.dtype = init.dtype;
    this.shape = init.shape;
    this.strides = init.strides ?? contiguousStrides(init.shape);
    this.device = init.device ?? 'cpu';
    this.is_sparse = init.is_sparse ?? false;
    this.requires_grad = init.requires_grad ?? false;
    this.is_leaf = init.is_leaf ?? true;
    this.storage = init.data;
    this.#numel = this.shape.reduce((product, size) => product * size, 1);
    this.#offsets = isContiguous(this.shape, this.strides) ? undefined : storageOffsets(this.shape, this.strides);
  }

  /** The gradient, or null for None. */
  get grad(): Tensor | null {
    return this.#grad;
  }

  /** @throws RuntimeError when the gradient's shape or dtype is not this tensor's. */
  set grad(grad: Tensor | null) {
    if (grad !== null && !same_shape(grad, this))
      throw new RuntimeError(
        `attempting to assign a gradient of size '[${grad.shape.join(', ')}]' to a tensor of size '[${this.shape.join(', ')}]'. ` +
          'Please ensure that the gradient and the tensor are the same size',
      );
    if (grad !== null && grad.dtype !== this.dtype)
      throw new RuntimeError(
        `attempting to assign a gradient with dtype '${grad.dtype}' to a tensor with dtype '${this.dtype}'. ` +
          'Please ensure that the gradient and the tensor have the same dtype',
      );
    this.#grad = grad;
  }

  /** Number of elements. */
  numel(): number {
    return this.#numel;
  }

  /** Whether C order is storage order. */
  is_contiguous(): boolean {
    return this.#offsets === undefined;
  }

  /** Storage positions of the elements in C order; undefined where element i lies at position i. */
  offsets(): Int32Array | undefined {
    return this.#offsets;
  }

  /** A copy of the elements, in C order. */
  elements(): Data {
    const at = this.#offsets;
    if (at === undefined) return this.storage.slice(0, this.numel());
    const data = allocate(this.dtype, at.length);
    for (let i = 0; i < at.length; i++) data[i] = this.storage[at[i]!]!;
    return data;
  }

  /**
   * The one element as a JavaScript number.
   *
   * @throws RuntimeError when there is not exactly one.
   */
  item(): number {
    if (this.numel() !== 1)
      throw new RuntimeError(`a Tensor with ${this.numel()} elements cannot be converted to Scalar`);
    return this.elements()[0]!;
  }
}

/** A tensor that an optimizer is meant to train: a leaf that requires grad. */
export class Parameter extends Tensor {
  constructor(init: TensorInit) {
    super({ requires_grad: true, ...init });
  }
}

/** Whether two tensors have the same sizes. */
export function same_shape(a: Tensor, b: Tensor): boolean {
  return a.shape === b.shape || (a.shape.length === b.shape.length && a.shape.every((size, d) => size === b.shape[d]));
}

/** Zeros with the dtype, shape and device of another tensor; strides are kept where they are dense (clause STA-3). */
export function zeros_like(other: Tensor): Tensor {
  const { dtype, shape, device } = other;
  const strides = denseStrides(shape, other.strides);
  return new Tensor({ dtype, shape, device, strides, data: allocate(dtype, other.numel()) });
}

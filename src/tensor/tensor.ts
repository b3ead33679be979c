/**
 * A tensor as far as an optimizer sees one: elements, layout, device label, and autograd bookkeeping without a graph.
 */
import { RuntimeError } from './errors.ts';
import { allocate, type Data, type DType, dtypes } from './dtype.ts';
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
  #grad: Tensor | null = null;
  #offsets: Int32Array | undefined;

  /** @throws RangeError when there is no such dtype, the data are of another, or they are not as many as shape and strides say */
  constructor(init: TensorInit) {
    refuseMisfit(init);
    this.dtype = init.dtype;
    this.shape = init.shape;
    this.strides = init.strides ?? contiguousStrides(init.shape);
    this.device = init.device ?? 'cpu';
    this.is_sparse = init.is_sparse ?? false;
    this.requires_grad = init.requires_grad ?? false;
    this.is_leaf = init.is_leaf ?? true;
    this.storage = init.data;
    if (!this.is_contiguous()) this.#offsets = storageOffsets(this.shape, this.strides);
  }

  /** The gradient, or null for None. */
  get grad(): Tensor | null {
    return this.#grad;
  }

  /** @throws RuntimeError when the gradient's shape or dtype is not this tensor's. */
  set grad(grad: Tensor | null) {
    if (grad !== null && grad.shape.join() !== this.shape.join())
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
    return this.shape.reduce((product, size) => product * size, 1);
  }

  /** Whether C order is storage order. */
  is_contiguous(): boolean {
    return isContiguous(this.shape, this.strides);
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

function refuseMisfit({ dtype, shape, strides, data }: TensorInit): void {
  if (!dtypes.includes(dtype)) throw new RangeError(`unknown dtype ${dtype}; known are ${dtypes.join(', ')}`);
  const type = dtype === 'float32' ? Float32Array : Float64Array;
  if (!(data instanceof type)) throw new RangeError(`data of ${dtype}: expected a ${type.name}`);
  if (strides === undefined) {
    const numel = shape.reduce((product, size) => product * size, 1);
    if (data.length !== numel)
      throw new RangeError(`data of shape [${shape.join(', ')}]: expected ${numel} elements, got ${data.length}`);
    return;
  }
  if (strides.length !== shape.length)
    throw new RangeError(`strides of shape [${shape.join(', ')}]: expected ${shape.length}, got ${strides.length}`);
  const reached = shape.includes(0) ? 0 : shape.reduce((last, size, d) => last + (size - 1) * strides[d]!, 1);
  if (data.length < reached)
    throw new RangeError(
      `data of shape [${shape.join(', ')}] and strides [${strides.join(', ')}]: expected at least ${reached} elements, got ${data.length}`,
    );
}

/** A tensor that an optimizer is meant to train: a leaf that requires grad. */
export class Parameter extends Tensor {
  constructor(init: TensorInit) {
    super({ requires_grad: true, ...init });
  }
}

/** Zeros with the dtype, shape and device of another tensor; strides are kept where they are dense (clause STA-3). */
export function zeros_like(other: Tensor): Tensor {
  const { dtype, shape, device } = other;
  const strides = denseStrides(shape, other.strides);
  return new Tensor({ dtype, shape, device, strides, data: allocate(dtype, other.numel()) });
}

/**
 * A tensor as far as an optimizer sees one: elements, layout, device label, and autograd bookkeeping without a graph.
 */
import { other_dtype_text } from './assigned-dtype.ts';
import { RuntimeError, TypeError } from './errors.ts';
import { allocate, type Data, type DType, dtypes } from './dtype.ts';
import { contiguousStrides, denseStrides, isContiguous, storageOffsets } from './strides.ts';
import { typeName } from './type-name.ts';

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
  /** Autograd's name of the operation that made the tensor, such as CloneBackward0, where gradients were recorded. */
  readonly grad_fn?: string;
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
  /** Autograd's name of the operation that made the tensor, or null for None. */
  grad_fn: string | null;
  retains_grad = false;
  /** Elements in storage order; shared with whoever passed them. */
  readonly storage: Data;
  readonly #numel: number;
  readonly #offsets: Int32Array | undefined;
  #grad: Tensor | null = null;
  #version = 0;

  /**
   * @throws RangeError when there is no such dtype, the data are of another, or they are not as many as shape and strides say;
   * RuntimeError for integers that require grad (clause INT-1)
   */
  constructor(init: TensorInit) {
    refuseMisfit(init);
    if (init.requires_grad && init.dtype === 'int64')
      throw new RuntimeError('Only Tensors of floating point and complex dtype can require gradients');
    this.dtype = init.dtype;
    this.shape = init.shape;
    this.strides = init.strides ?? contiguousStrides(init.shape);
    this.device = init.device ?? 'cpu';
    this.is_sparse = init.is_sparse ?? false;
    this.requires_grad = init.requires_grad ?? false;
    this.grad_fn = init.grad_fn ?? null;
    this.storage = init.data;
    this.#numel = this.shape.reduce((product, size) => product * size, 1);
    this.#offsets = isContiguous(this.shape, this.strides) ? undefined : storageOffsets(this.shape, this.strides);
  }

  /** Whether no operation that recorded gradients made the tensor. */
  get is_leaf(): boolean {
    return this.grad_fn === null;
  }

  /** How often the elements have been written in place (clause RMS-18). */
  get _version(): number {
    return this.#version;
  }

  /** Counts that the elements are written in place. */
  bump_version(): void {
    this.#version += 1;
  }

  /** The gradient, or null for None. */
  get grad(): Tensor | null {
    return this.#grad;
  }

  /** @throws RuntimeError when the gradient's dtype or shape is not this tensor's, TypeError for what is no tensor (clause GAD-11). */
  set grad(grad: Tensor | null) {
    if (grad !== null && !(grad instanceof Tensor))
      throw new TypeError(`assigned grad expected to be a Tensor or None but got grad of type ${typeName(grad)}`);
    if (grad !== null && grad.dtype !== this.dtype) throw new RuntimeError(other_dtype_text(grad.dtype, this.dtype));
    if (grad !== null && !same_shape(grad, this))
      throw new RuntimeError(
        `attempting to assign a gradient of size '[${grad.shape.join(', ')}]' to a tensor of size '[${this.shape.join(', ')}]'. ` +
          'Please ensure that the gradient and the tensor are the same size',
      );
    if (grad === this) throw new RuntimeError("can't assign Variable as its own grad");
    this.#grad = grad;
  }

  /** Writes a number into every element. */
  fill_(value: number): this {
    this.bump_version();
    const at = this.#offsets;
    const x = this.dtype === 'int64' ? Math.trunc(value) : value; // INT-1
    if (at === undefined) this.storage.fill(x, 0, this.#numel);
    else for (const position of at) this.storage[position] = x;
    return this;
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

function refuseMisfit({ dtype, shape, strides, data }: TensorInit): void {
  if (!dtypes.includes(dtype)) throw new RangeError(`unknown dtype ${dtype}; known are ${dtypes.join(', ')}`);
  const type = dtype === 'float32' ? Float32Array : Float64Array;
  if (!(data instanceof type)) throw new RangeError(`data of ${dtype}: expected a ${type.name}`);
  const odd = dtype === 'int64' ? data.find((x) => !Number.isInteger(x)) : undefined;
  if (odd !== undefined) throw new RangeError(`data of int64: expected integers, got ${odd}`);
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

/** Whether two tensors have the same sizes. */
export function same_shape(a: Tensor, b: Tensor): boolean {
  return a.shape === b.shape || (a.shape.length === b.shape.length && a.shape.every((size, d) => size === b.shape[d]));
}

/** Zeros with the shape, device and, unless told otherwise, dtype of another tensor; strides are kept where they are dense (clause STA-3). */
export function zeros_like(other: Tensor, dtype: DType = other.dtype): Tensor {
  const { shape, device } = other;
  const strides = denseStrides(shape, other.strides);
  return new Tensor({ dtype, shape, device, strides, data: allocate(dtype, other.numel()) });
}

/** A new tensor of the same elements, rounded to a dtype, without gaps and with the dimensions in the same order. */
export function cloned(tensor: Tensor, dtype: DType = tensor.dtype): Tensor {
  const made = zeros_like(tensor, dtype);
  const [to, elements] = [made.offsets(), tensor.elements()];
  elements.forEach((x, i) => (made.storage[to?.[i] ?? i] = x));
  return made;
}

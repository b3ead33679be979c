/**
 * A tensor as far as an optimizer sees one: elements, layout, device label, autograd's bookkeeping, and what Python asks of it
 * (src/python/protocol.ts).
 */
import { RuntimeError, TypeError } from '../python/errors.ts';
import type { DataModel } from '../python/protocol.ts';
import { complexText, floatText } from '../python/text/numbers.ts';
import { typeName } from '../python/type-name.ts';
import { warn } from '../python/warnings.ts';
import { type BackwardOptions, type GradFn, graphOfOperations, record } from './autograd.ts';
import { assignedDtypeText, NON_LEAF_COPY, nonLeafGradText } from './tensor-texts.ts';
import { allocate, type Data, type DType, dtypeInfo, isComplex, isInexact, partsOf, toElement } from './dtype.ts';
import { contiguousStrides, denseStrides, isContiguous, sameShape, storageOffsets } from './strides.ts';
import { type Device, refuseMisfit, type TensorInit, type VersionCounter } from './tensor-init.ts';
import { tensorText } from './text/tensors.ts';

/** A tensor of `shape` over a typed array. */
export class Tensor implements Omit<DataModel, '__copy__'> {
  static readonly __module__: string = 'torch';

  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly device: Device;
  readonly is_sparse: boolean;
  requires_grad: boolean;
  /** The operation that made the tensor, or null for None. */
  grad_fn: GradFn | null;
  retains_grad = false;
  /** Elements in storage order; shared with whoever passed them. */
  readonly storage: Data;
  readonly #numel: number;
  readonly #offsets: Int32Array | undefined;
  #grad: Tensor | null = null;
  /** Shared by tensors of the same elements. */
  readonly #version: VersionCounter;

  /**
   * @throws RangeError when there is no such dtype, the data are of another, or they are not as many as shape and strides say;
   * RuntimeError for integers that require grad
   */
  constructor(init: TensorInit) {
    refuseMisfit(init);
    if (init.requires_grad && !isInexact(init.dtype))
      throw new RuntimeError('Only Tensors of floating point and complex dtype can require gradients');
    this.dtype = init.dtype;
    this.shape = init.shape;
    this.strides = init.strides ?? contiguousStrides(init.shape);
    this.device = init.device ?? 'cpu';
    this.is_sparse = init.is_sparse ?? false;
    this.requires_grad = init.requires_grad ?? false;
    this.grad_fn = null;
    this.#version = init.shares?.versions ?? { count: 0 };
    this.storage = init.data;
    this.#numel = this.shape.reduce((product, size) => product * size, 1);
    this.#offsets = isContiguous(this.shape, this.strides)
      ? undefined
      : storageOffsets(this.shape, this.strides, partsOf(this.dtype));
  }

  /** Whether no operation that recorded gradients made the tensor. */
  get is_leaf(): boolean {
    return this.grad_fn === null;
  }

  /** How often the elements have been written in place (clause RMS-18). */
  get _version(): number {
    return this.#version.count;
  }

  /** What counts the writes. */
  get versions(): VersionCounter {
    return this.#version;
  }

  /** Counts that the elements are written in place, once or more often. */
  bump_version(times: number = 1): void {
    this.#version.count += times;
  }

  /** The gradient, or null for None; of a tensor that is no leaf and has none, PyTorch warns that it is being read (clause GRD-3). */
  get grad(): Tensor | null {
    if (this.#grad === null && !this.is_leaf && !this.retains_grad) warn('UserWarning', nonLeafGradText());
    return this.#grad;
  }

  /** @throws RuntimeError when the gradient's dtype or shape is not this tensor's, TypeError for what is no tensor (clause GAD-11). */
  set grad(grad: Tensor | null) {
    if (grad !== null && !(grad instanceof Tensor))
      throw new TypeError(`assigned grad expected to be a Tensor or None but got grad of type ${typeName(grad)}`);
    if (grad !== null && grad.dtype !== this.dtype) throw new RuntimeError(assignedDtypeText(grad.dtype, this.dtype));
    if (grad !== null && !sameShape(grad, this))
      throw new RuntimeError(
        `attempting to assign a gradient of size '[${grad.shape.join(', ')}]' to a tensor of size '[${this.shape.join(', ')}]'. ` +
          'Please ensure that the gradient and the tensor are the same size',
      );
    if (grad === this) throw new RuntimeError("can't assign Variable as its own grad");
    this.#grad = grad;
  }

  /** Writes a number into every element. */
  fill_(value: number): this {
    if (!this.is_leaf) record('Fill', this, [this]);
    this.bump_version();
    const at = this.#offsets;
    const element = toElement(this.dtype, value);
    if (at === undefined) this.storage.fill(element, 0, this.#numel);
    else for (const position of at) this.storage[position] = element;
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

  /** Storage positions of the elements in C order, of complex ones those of both parts; undefined where number i lies at position i. */
  offsets(): Int32Array | undefined {
    return this.#offsets;
  }

  /** A copy of the elements, in C order, of complex ones both parts. */
  elements(): Data {
    const at = this.#offsets;
    if (at === undefined) return this.storage.slice(0, this.numel() * partsOf(this.dtype));
    const data = allocate(this.dtype, this.numel());
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

  /** The one element. @throws RuntimeError when there is not exactly one, so that the tensor has no truth */
  #unambiguous(): number {
    if (this.#numel === 1) return this.elements()[0]!;
    const values = this.#numel === 0 ? 'no values' : 'more than one value';
    throw new RuntimeError(`Boolean value of Tensor with ${values} is ambiguous`);
  }

  /** @throws RuntimeError for a tensor of other than one element */
  __bool__(): boolean {
    return this.#unambiguous() !== 0;
  }

  /** @throws RuntimeError for a tensor of other than one element */
  __ne__(other: number): boolean {
    return this.#unambiguous() !== other;
  }

  /** @throws RuntimeError for a tensor of other than one element */
  __gt__(other: number): boolean {
    return this.#unambiguous() > other;
  }

  /** @throws RuntimeError for a tensor of other than one element */
  __ge__(other: number): boolean {
    return this.#unambiguous() >= other;
  }

  /** A new tensor of the negated elements. */
  __neg__(): Tensor {
    return this.#map('Neg', (x) => -x);
  }

  /** A new tensor of what is left of a number. */
  __rsub__(other: number): Tensor {
    return this.#map('Rsub', (x) => other - x);
  }

  /** Computed in the tensor's own dtype. */
  #map(name: string, f: (element: number) => number): Tensor {
    const { dtype, shape, device } = this;
    const { round } = dtypeInfo(dtype);
    const made = new Tensor({ dtype, shape, device, data: this.elements().map((x) => round(f(x))) });
    record(name, made, [this]);
    return made;
  }

  /**
   * Adds to the gradients of the leaves that the tensor was made of (clause DIF-1). Takes what `rmsproof/autograd` puts in.
   *
   * @param gradient of the tensor's shape; 1 when left out, of a tensor of one element
   * @throws RuntimeError as PyTorch does: see src/autograd/engine.ts
   */
  backward(gradient: Tensor | null = null, options: BackwardOptions = {}): void {
    graphOfOperations().backward(this, gradient, options);
  }

  /** Keeps the gradient of a tensor that is no leaf. @throws RuntimeError for one that does not require grad */
  retain_grad(): void {
    if (!this.requires_grad) throw new RuntimeError("can't retain_grad on Tensor that has requires_grad=False");
    if (this.grad_fn === null) return;
    this.retains_grad = true;
    this.grad_fn.retained = this;
  }

  /** As PyTorch prints it (clauses RPR-7 to RPR-9). */
  __repr__(): string {
    return tensorText(this);
  }

  /** In an f-string: the number of a plain tensor without dimensions (clause RPR-2). */
  __format__(): string {
    if (this.constructor !== Tensor || this.shape.length > 0) return this.__repr__();
    if (isComplex(this.dtype)) return complexText(...(this.elements() as unknown as [number, number]));
    return floatText(this.item());
  }

  /** A copy with the gaps and the gradient (clause RPR-5). @throws RuntimeError for a tensor that is no leaf */
  __deepcopy__(copy: <T>(value: T) => T): Tensor {
    refuseNonLeafCopy(this);
    const { dtype, shape, strides, device, requires_grad, is_sparse } = this;
    const made = new Tensor({ dtype, shape, strides, device, requires_grad, is_sparse, data: this.storage.slice() });
    if (!is_sparse) made.bump_version(); // RMS-18
    made.grad = copy(this.#grad);
    return made;
  }
}

function refuseNonLeafCopy(tensor: Tensor): void {
  if (!tensor.is_leaf) throw new RuntimeError(NON_LEAF_COPY);
}

/** A tensor that an optimizer is meant to train: a leaf that requires grad. */
export class Parameter extends Tensor {
  static override readonly __module__: string = 'torch.nn.parameter';

  /** Of a tensor, a parameter over its elements, as in PyTorch. @throws as Tensor's */
  constructor(init: TensorInit | Tensor) {
    super({ requires_grad: true, ...(init instanceof Tensor ? over(init) : init) });
  }

  override __repr__(): string {
    return `Parameter containing:\n${super.__repr__()}`;
  }

  /** A copy without the gradient and the gaps (clause RPR-5). @throws RuntimeError for a tensor that is no leaf */
  override __deepcopy__(): Parameter {
    refuseNonLeafCopy(this);
    const { dtype, shape, device, requires_grad } = this;
    const strides = denseStrides(shape, this.strides);
    const made = new Parameter({ dtype, shape, strides, device, requires_grad, data: allocate(dtype, this.numel()) });
    const to = made.offsets();
    this.elements().forEach((x, i) => (made.storage[to?.[i] ?? i] = x));
    return made;
  }
}

/** What makes another tensor over the same elements. */
function over({ dtype, shape, strides, device, is_sparse, storage, versions }: Tensor): TensorInit {
  return { dtype, shape, strides, device, is_sparse, data: storage, shares: { versions } };
}

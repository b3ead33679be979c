/**
 * The elementwise operations that an RMSprop step is made of, by PyTorch's names; a trailing underscore writes into `self`.
 * The interface is what another way of computing implements (error bounds, recorded square roots); `Elementwise` computes
 * in an arithmetic.
 */
import type { Arithmetic, Formulas } from './arithmetic/arithmetic.ts';
import { blocksOf } from './blocks.ts';
import { allocate, type Data, type DType, dtypeInfo } from './dtype.ts';
import { broadcastOffsets, broadcastShape } from './broadcast.ts';
import { PythonError, RuntimeError } from './errors.ts';
import { is_grad_enabled } from './grad-mode.ts';
import { same_shape, Tensor, zeros_like } from './tensor.ts';

/** The operations; scalars are doubles, rounded once to the tensor's dtype by each operation (clause NUM-2). */
export interface Ops {
  /** -self. */
  neg(self: Tensor): Tensor;
  /** self * scalar. */
  mul_(self: Tensor, scalar: number): Tensor;
  /** self * scalar. */
  mul(self: Tensor, scalar: number): Tensor;
  /** self / scalar. */
  div_(self: Tensor, scalar: number): Tensor;
  /** self + scalar. */
  add_scalar_(self: Tensor, scalar: number): Tensor;
  /** self + scalar. */
  add_scalar(self: Tensor, scalar: number): Tensor;
  /** self + alpha * other. */
  add_(self: Tensor, other: Tensor, alpha?: number): Tensor;
  /** self + alpha * other. */
  add(self: Tensor, other: Tensor, alpha?: number): Tensor;
  /** self + value * t1 * t2. */
  addcmul_(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor;
  /** self + value * t1 * t2. */
  addcmul(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor;
  /** self + value * t1 / t2. */
  addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor;
  /** self + weight * (end - self). */
  lerp_(self: Tensor, end: Tensor, weight: number): Tensor;
  /** The IEEE square root (clause NUM-6). */
  sqrt(self: Tensor): Tensor;
  /** The IEEE square root (clause NUM-6). */
  sqrt_(self: Tensor): Tensor;
}

/**
 * The operations in an arithmetic. Each throws RuntimeError when grad mode is on and it would write into a leaf that requires
 * grad (clause GRD-2).
 */
export class Elementwise implements Ops {
  readonly #arithmetic: Arithmetic;

  constructor(arithmetic: Arithmetic) {
    this.#arithmetic = arithmetic;
  }

  neg(self: Tensor): Tensor {
    return map(zeros_like(self), [self], (a) => -a);
  }

  mul_(self: Tensor, scalar: number): Tensor {
    if (!(self instanceof Tensor)) throw noTensor(self);
    return this.#mul(self, self, scalar);
  }

  mul(self: Tensor, scalar: number): Tensor {
    return this.#mul(zeros_like(self), self, scalar);
  }

  div_(self: Tensor, scalar: number): Tensor {
    const { round } = dtypeInfo(self.dtype);
    const s = round(scalar);
    return map(self, [self], (a) => round(a / s));
  }

  add_scalar_(self: Tensor, scalar: number): Tensor {
    return this.#addScalar(self, self, scalar);
  }

  add_scalar(self: Tensor, scalar: number): Tensor {
    return this.#addScalar(zeros_like(self), self, scalar);
  }

  add_(self: Tensor, other: Tensor, alpha: number = 1): Tensor {
    return this.#add(self, self, other, alpha);
  }

  add(self: Tensor, other: Tensor, alpha: number = 1): Tensor {
    return this.#add(zeros_like(self), self, other, alpha);
  }

  addcmul_(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    return this.#addcmul(self, self, t1, t2, value);
  }

  addcmul(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    return this.#addcmul(zeros_like(self), self, t1, t2, value);
  }

  addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    const { addcdiv } = this.#formulas(self);
    const v = toScalar(self.dtype, value);
    return map(self, [self, t1, t2], (a, b, c) => addcdiv(a, b, c, v));
  }

  lerp_(self: Tensor, end: Tensor, weight: number): Tensor {
    const { lerp } = this.#formulas(self);
    const w = toScalar(self.dtype, weight);
    const inBlock = blocksOf(self, end);
    return map(self, [self, end], (a, b, _, i) => lerp(a, b, w, inBlock(i)));
  }

  sqrt(self: Tensor): Tensor {
    return this.root(zeros_like(self), self);
  }

  sqrt_(self: Tensor): Tensor {
    return this.root(self, self);
  }

  /** Writes the square roots of `self` into `out`; the one place to put other roots in. */
  protected root(out: Tensor, self: Tensor): Tensor {
    const { round } = dtypeInfo(self.dtype);
    return map(out, [self], (a) => round(Math.sqrt(a)));
  }

  /** Writes elements in C order into `out`, as the result of an operation on `self`. */
  protected write(out: Tensor, self: Tensor, elements: Data): Tensor {
    return map(out, [self], (_a, _b, _c, i) => elements[i]!);
  }

  #formulas(self: Tensor): Formulas {
    return this.#arithmetic.formulas[self.dtype];
  }

  #mul(out: Tensor, self: Tensor, scalar: number): Tensor {
    const { round } = dtypeInfo(self.dtype);
    const s = round(scalar);
    return map(out, [self], (a) => round(a * s));
  }

  #addScalar(out: Tensor, self: Tensor, scalar: number): Tensor {
    const { round } = dtypeInfo(self.dtype);
    const s = round(scalar);
    return map(out, [self], (a) => round(a + s));
  }

  #add(out: Tensor, self: Tensor, other: Tensor, alpha: number): Tensor {
    const { add } = this.#formulas(self);
    const s = toScalar(self.dtype, alpha);
    return map(out, [self, other], (a, b) => add(a, b, s));
  }

  #addcmul(out: Tensor, self: Tensor, t1: Tensor, t2: Tensor, value: number): Tensor {
    const { addcmul } = this.#formulas(self);
    const v = toScalar(self.dtype, value);
    return map(out, [self, t1, t2], (a, b, c) => addcmul(a, b, c, v));
  }
}

/**
 * The scalar of an add, addcmul, addcdiv or lerp in a dtype; that of a mul or of an added scalar just becomes infinite.
 *
 * @throws RuntimeError when it is finite and larger than the dtype's largest number (clause NUM-2)
 */
function toScalar(dtype: DType, x: number): number {
  const { round, max } = dtypeInfo(dtype);
  if (Math.abs(x) > max && Number.isFinite(x))
    throw new RuntimeError('value cannot be converted to type float without overflow');
  return round(x);
}

type Element = (a: number, b: number, c: number, i: number) => number;

/** out[i] = f(a[i], b[i], c[i], i) over the elements in C order; absent operands read the first again. */
function map(out: Tensor, operands: readonly [Tensor, Tensor?, Tensor?], f: Element): Tensor {
  const [a, b = a, c = b] = operands;
  if (!same_shape(out, a) || !same_shape(out, b) || !same_shape(out, c)) return mapBroadcast(out, [a, b, c], f);
  recordGradient(out, operands);
  each(out.numel(), out, [a, b, c], [out.offsets(), a.offsets(), b.offsets(), c.offsets()], f);
  return out;
}

/** @throws RuntimeError when the operands do not fit each other, or together not into what they are written to */
function mapBroadcast(out: Tensor, operands: readonly [Tensor, Tensor, Tensor], f: Element): Tensor {
  const shape = broadcastShape(operands);
  const inPlace = out === operands[0];
  if (inPlace && shape.join() !== out.shape.join())
    throw new RuntimeError(
      `output with shape [${out.shape.join(', ')}] doesn't match the broadcast shape [${shape.join(', ')}]`,
    );
  const { dtype, device } = out;
  const numel = shape.reduce((product, size) => product * size, 1);
  const target = inPlace ? out : new Tensor({ dtype, device, shape, data: allocate(dtype, numel) });
  recordGradient(target, operands);
  const [a, b, c] = operands.map((operand) => broadcastOffsets(operand, shape)) as [Int32Array, Int32Array, Int32Array];
  each(numel, target, operands, [target.offsets(), a, b, c], f);
  return target;
}

type Positions = Int32Array | undefined;

function each(
  n: number,
  out: Tensor,
  [a, b, c]: readonly [Tensor, Tensor, Tensor],
  [at, ax, ay, az]: readonly [Positions, Positions, Positions, Positions],
  f: Element,
): void {
  const [target, x, y, z] = [out.storage, a.storage, b.storage, c.storage];
  if (ax === undefined && ay === undefined && az === undefined && at === undefined)
    for (let i = 0; i < n; i++) target[i] = f(x[i]!, y[i]!, z[i]!, i);
  else for (let i = 0; i < n; i++) target[at?.[i] ?? i] = f(x[ax?.[i] ?? i]!, y[ay?.[i] ?? i]!, z[az?.[i] ?? i]!, i);
}

/** What was loaded in the place of a buffer may be anything. */
function noTensor(x: unknown): PythonError {
  const named = { boolean: 'bool', string: 'str', number: Number.isInteger(x) ? 'int' : 'float' } as Record<
    string,
    string
  >;
  const type =
    x === null ? 'NoneType' : Array.isArray(x) ? 'list' : (named[typeof x] ?? (x instanceof Set ? 'set' : 'dict'));
  return new PythonError('AttributeError', `'${type}' object has no attribute 'mul_'`);
}

/** Without a graph: what an operation does to requires_grad and is_leaf (clause GRD-2). */
function recordGradient(out: Tensor, operands: readonly (Tensor | undefined)[]): void {
  if (!is_grad_enabled()) return;
  if (out.requires_grad && out.is_leaf)
    throw new RuntimeError('a leaf Variable that requires grad is being used in an in-place operation.');
  if (operands.some((operand) => operand?.requires_grad)) {
    out.requires_grad = true;
    out.is_leaf = false;
  }
}

/**
 * The elementwise operations that an RMSprop step is made of, by PyTorch's names; a trailing underscore writes into `self`.
 * The interface is what another way of computing implements (error bounds, recorded square roots); `Elementwise` computes
 * in an arithmetic.
 */
import type { Arithmetic, Formulas } from './arithmetic/arithmetic.ts';
import { integers } from './arithmetic/integers.ts';
import { checkLeaf, record } from './autograd.ts';
import { blocksOf } from './blocks.ts';
import { allocate, type Data, type DType, dtypeInfo } from './dtype.ts';
import { broadcastOffsets, broadcastShape } from './broadcast.ts';
import { RuntimeError } from '../python/errors.ts';
import { checkCast, floating, promoted } from './promotion.ts';
import { cloned, zeros_like } from './creation.ts';
import { overlaps, sameShape } from './strides.ts';
import { Tensor } from './tensor.ts';

/**
 * The operations; scalars are doubles, rounded once to the dtype that the operation computes in (clause NUM-2), which of
 * different ones is that of `promoted`. Each throws RuntimeError when it would write floating-point numbers into integers.
 */
export interface Ops {
  /** -self. */
  neg(self: Tensor): Tensor;
  /** self * other. */
  mul_(self: Tensor, other: number | Tensor): Tensor;
  /** self * other. */
  mul(self: Tensor, other: number | Tensor): Tensor;
  /** self / scalar. */
  div_(self: Tensor, scalar: number): Tensor;
  /** self + alpha * other; alpha only where other is a tensor. */
  add_(self: Tensor, other: number | Tensor, alpha?: number): Tensor;
  /** self + alpha * other; alpha only where other is a tensor. */
  add(self: Tensor, other: number | Tensor, alpha?: number): Tensor;
  /** self + value * t1 * t2. */
  addcmul_(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor;
  /** self + value * t1 * t2. */
  addcmul(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor;
  /** self + value * t1 / t2; not of integers alone. */
  addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor;
  /** self + weight * (end - self); not of integers. */
  lerp_(self: Tensor, end: Tensor, weight: number): Tensor;
  /** The IEEE square root (clause NUM-6). */
  sqrt(self: Tensor): Tensor;
  /** The IEEE square root (clause NUM-6). */
  sqrt_(self: Tensor): Tensor;
}

/**
 * The operations in an arithmetic. Each throws RuntimeError when grad mode is on and it would write into a leaf that requires
 * grad (clause GRD-2), or when it would write into a tensor that repeats an element (clause RMS-19).
 */
export class Elementwise implements Ops {
  readonly #arithmetic: Arithmetic;

  constructor(arithmetic: Arithmetic) {
    this.#arithmetic = arithmetic;
  }

  neg(self: Tensor): Tensor {
    const { round } = dtypeInfo(self.dtype);
    return map('Neg', undefined, [self], (a) => round(-a));
  }

  mul_(self: Tensor, other: number | Tensor): Tensor {
    return this.#mul(self, self, other);
  }

  mul(self: Tensor, other: number | Tensor): Tensor {
    return this.#mul(undefined, self, other);
  }

  div_(self: Tensor, scalar: number): Tensor {
    checkLeaf(self);
    const { round } = dtypeInfo(self.dtype);
    const s = round(scalar);
    return map('Div', self, [self], (a) => round(a / s));
  }

  add_(self: Tensor, other: number | Tensor, alpha: number = 1): Tensor {
    return this.#add(self, self, other, alpha);
  }

  add(self: Tensor, other: number | Tensor, alpha: number = 1): Tensor {
    return this.#add(undefined, self, other, alpha);
  }

  addcmul_(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    return this.#addcmul(self, self, t1, t2, value);
  }

  addcmul(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    return this.#addcmul(undefined, self, t1, t2, value);
  }

  addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    checkLeaf(self);
    const dtype = floating(promoted([self, t1, t2]));
    const { addcdiv } = this.#arithmetic.formulas[dtype];
    const v = toScalar(dtype, value);
    return map('Addcdiv', self, [self, t1, t2], (a, b, c) => addcdiv(a, b, c, v), dtype);
  }

  /** @throws RuntimeError when the two are of different dtypes (clauses ERR-9, INT-4) */
  lerp_(self: Tensor, end: Tensor, weight: number): Tensor {
    checkLeaf(self);
    if (self.dtype !== end.dtype)
      throw new RuntimeError(
        `expected dtype ${dtypeInfo(self.dtype).c_name} for \`end\` but got dtype ${dtypeInfo(end.dtype).c_name}`,
      );
    const dtype = floating(self.dtype);
    const { lerp } = this.#arithmetic.formulas[dtype];
    const w = toScalar(dtype, weight);
    const inBlock = blocksOf(self, end);
    return map('Lerp', self, [self, end], (a, b, _, i) => lerp(a, b, w, inBlock(i)), dtype);
  }

  sqrt(self: Tensor): Tensor {
    return this.root(undefined, self.dtype === 'int64' ? cloned(self, floating(self.dtype)) : self);
  }

  sqrt_(self: Tensor): Tensor {
    return this.root(self, self);
  }

  /** Writes the square roots of `self`, of a floating-point dtype, into `out`, or a new tensor; the one place to put other roots in. */
  protected root(out: Tensor | undefined, self: Tensor): Tensor {
    checkLeaf(out);
    const { round } = dtypeInfo(self.dtype);
    return map('Sqrt', out, [self], (a) => round(Math.sqrt(a))); // NUM-6, RMS-17
  }

  /** Writes square roots in C order into `out`, or a new tensor, as those of `self`. */
  protected write(out: Tensor | undefined, self: Tensor, roots: Data): Tensor {
    checkLeaf(out);
    return map('Sqrt', out, [self], (_a, _b, _c, i) => roots[i]!);
  }

  #mul(out: Tensor | undefined, self: Tensor, other: number | Tensor): Tensor {
    checkLeaf(out);
    const dtype = typeof other === 'number' ? promoted([self], other) : promoted([self, other]);
    const { round } = dtypeInfo(dtype);
    if (typeof other !== 'number') return map('Mul', out, [self, other], (a, b) => round(a * b), dtype);
    const s = round(other);
    return map('Mul', out, [self], (a) => round(a * s), dtype);
  }

  #add(out: Tensor | undefined, self: Tensor, other: number | Tensor, alpha: number): Tensor {
    checkLeaf(out);
    if (typeof other !== 'number') {
      const dtype = promoted([self, other]);
      const { add } = this.#formulas(dtype);
      const scale = toScalar(dtype, alpha);
      return map('Add', out, [self, other], (a, b) => add(a, b, scale), dtype);
    }
    const dtype = promoted([self], other);
    const { round } = dtypeInfo(dtype);
    const s = round(other);
    return map('Add', out, [self], (a) => round(a + s), dtype);
  }

  #addcmul(out: Tensor | undefined, self: Tensor, t1: Tensor, t2: Tensor, value: number): Tensor {
    checkLeaf(out);
    const dtype = promoted([self, t1, t2]);
    const { addcmul } = this.#formulas(dtype);
    const v = toScalar(dtype, value);
    return map('Addcmul', out, [self, t1, t2], (a, b, c) => addcmul(a, b, c, v), dtype);
  }

  #formulas(dtype: DType): Pick<Formulas, 'add' | 'addcmul'> {
    return dtype === 'int64' ? integers : this.#arithmetic.formulas[dtype];
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
type Operands = readonly [Tensor, Tensor?, Tensor?];

/**
 * out[i] = f(a[i], b[i], c[i], i) over the elements in C order; absent operands read the first again, and an absent `out` is a
 * new tensor like it; `name` is autograd's of the operation.
 */
function map(
  name: string,
  out: Tensor | undefined,
  operands: Operands,
  f: Element,
  dtype: DType = operands[0].dtype,
): Tensor {
  const [a, b = a, c = b] = operands;
  if (out !== undefined) checkOverlap(out);
  if (!sameShape(a, b) || !sameShape(a, c)) return mapBroadcast(name, out, [a, b, c], f, dtype);
  const target = out ?? zeros_like(a, dtype);
  checkCast(dtype, target.dtype);
  out?.bump_version();
  record(name, target, operands);
  const [x, y, z] = [rounded(a, dtype), rounded(b, dtype), rounded(c, dtype)];
  each(target.numel(), target, [x, y, z], [target.offsets(), a.offsets(), b.offsets(), c.offsets()], f);
  return target;
}

/**
 * @throws RuntimeError when the operands do not fit each other, or together not into what they are written to (clause
 * LSD-19)
 */
function mapBroadcast(
  name: string,
  out: Tensor | undefined,
  operands: readonly [Tensor, Tensor, Tensor],
  f: Element,
  dtype: DType,
): Tensor {
  const shape = broadcastShape(operands, out);
  const { device } = operands[0];
  const numel = shape.reduce((product, size) => product * size, 1);
  const target = out ?? new Tensor({ dtype, device, shape, data: allocate(dtype, numel) });
  checkCast(dtype, target.dtype);
  out?.bump_version();
  record(name, target, operands);
  const [a, b, c] = operands.map((operand) => broadcastOffsets(operand, shape)) as [Int32Array, Int32Array, Int32Array];
  const [x, y, z] = operands.map((operand) => rounded(operand, dtype)) as [Data, Data, Data];
  each(numel, target, [x, y, z], [target.offsets(), a, b, c], f);
  return target;
}

/** The storage of an operand as the dtype that is computed in sees it. */
function rounded({ storage, dtype: own }: Tensor, dtype: DType): Data {
  return own !== 'float32' && dtype === 'float32' ? Float32Array.from(storage) : storage;
}

type Positions = Int32Array | undefined;

function each(
  n: number,
  { storage: target }: Tensor,
  [x, y, z]: readonly [Data, Data, Data],
  [at, ax, ay, az]: readonly [Positions, Positions, Positions, Positions],
  f: Element,
): void {
  if (ax === undefined && ay === undefined && az === undefined && at === undefined)
    for (let i = 0; i < n; i++) target[i] = f(x[i]!, y[i]!, z[i]!, i);
  else for (let i = 0; i < n; i++) target[at?.[i] ?? i] = f(x[ax?.[i] ?? i]!, y[ay?.[i] ?? i]!, z[az?.[i] ?? i]!, i);
}

/** @throws RuntimeError for a tensor whose elements share their places (clause RMS-19) */
function checkOverlap(out: Tensor): void {
  if (overlaps(out.shape, out.strides))
    throw new RuntimeError(
      'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please ' +
        'clone() the tensor before performing the operation.',
    );
}

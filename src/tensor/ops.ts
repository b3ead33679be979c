/**
 * The elementwise operations that an RMSprop step is made of, by PyTorch's names; a trailing underscore writes into `self`.
 * The interface is what another way of computing implements (error bounds, recorded square roots); `Elementwise` computes
 * in an arithmetic.
 */
import type { Arithmetic, HalfScalars, LoopsByDType } from './arithmetic/arithmetic.ts';
import { fused, ieee as in_javascript, type Ieee, type Loop } from './arithmetic/loops.ts';
import { checkLeaf, record } from './autograd.ts';
import { blocksOf } from './blocks.ts';
import { addComplex, negComplex, view_as_complex, view_as_real } from './complex.ts';
import { allocate, type Data, type DType, dtypeInfo, isComplex, isHalf, isSingle, opmath } from './dtype.ts';
import { cName } from './tensor-texts.ts';
import { broadcastOffsets, broadcastShape } from './broadcast.ts';
import { RuntimeError } from '../python/errors.ts';
import { checkCast, floating, promoted } from './promotion.ts';
import { emptyLike } from './creation.ts';
import { overlaps, sameShape } from './strides.ts';
import { Tensor } from './tensor.ts';
import { willWrite } from './whole.ts';

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
  /** self / other. */
  div_(self: Tensor, other: number | Tensor): Tensor;
  /** self / other. */
  div(self: Tensor, other: Tensor): Tensor;
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
  /** factor * t + self, rounded once to the dtype of the three; `factor` has no dimensions (clause NUM-8). */
  fma_(self: Tensor, t: Tensor, factor: Tensor): Tensor;
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
  readonly #loops: LoopsByDType;
  readonly #ieee: Ieee;
  readonly #halfScalars: HalfScalars['one'];
  readonly #overflow: boolean;
  readonly #fromZero: boolean;

  /** @param path whether the operations are those of functions of one tensor, or of functions over lists of them (clauses NUM-8, NUM-9) */
  constructor(
    {
      loops,
      foreach = loops,
      ieee = in_javascript,
      half_scalars,
      scalars_overflow = false,
      negates_from_zero = false,
    }: Arithmetic,
    path: 'one' | 'foreach' = 'one',
  ) {
    this.#loops = path === 'one' ? loops : foreach;
    this.#ieee = ieee;
    this.#halfScalars = half_scalars?.[path] ?? [];
    this.#overflow = scalars_overflow;
    this.#fromZero = negates_from_zero;
  }

  neg(self: Tensor): Tensor {
    if (isComplex(self.dtype)) return this.#negComplex(self);
    return write('Neg', undefined, [self], this.#ieee.neg);
  }

  mul_(self: Tensor, other: number | Tensor): Tensor {
    return this.#mul(self, self, other);
  }

  mul(self: Tensor, other: number | Tensor): Tensor {
    return this.#mul(undefined, self, other);
  }

  div_(self: Tensor, other: number | Tensor): Tensor {
    checkLeaf(self);
    if (typeof other !== 'number')
      return write('Div', self, [self, other], this.#ieee.over, 0, promoted([self, other]));
    return write('Div', self, [self], this.#ieee.div, dtypeInfo(self.dtype).round(other));
  }

  div(self: Tensor, other: Tensor): Tensor {
    return write('Div', undefined, [self, other], this.#ieee.over, 0, promoted([self, other]));
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
    return write(
      'Addcdiv',
      self,
      [self, t1, t2],
      this.#loops[dtype].addcdiv,
      this.#toScalar(opmath(dtype), value),
      dtype,
    );
  }

  fma_(self: Tensor, t: Tensor, factor: Tensor): Tensor {
    checkLeaf(self);
    const dtype = floating(promoted([self, t, factor]));
    return write('Fma', self, [self, t, factor], fused[dtype], 0, dtype);
  }

  /** @throws RuntimeError when the two are of different dtypes (clause ERR-9) */
  lerp_(self: Tensor, end: Tensor, weight: number): Tensor {
    checkLeaf(self);
    if (self.dtype !== end.dtype)
      throw new RuntimeError(`expected dtype ${cName(self.dtype)} for \`end\` but got dtype ${cName(end.dtype)}`);
    const dtype = floating(self.dtype);
    const { lerp } = this.#loops[dtype];
    const inBlock = blocksOf(self, end);
    const loop: Loop = (n, out, a, b, _c, s) => lerp(n, out, a, b, s, inBlock, weight);
    return write('Lerp', self, [self, end], loop, this.#toScalar(opmath(dtype), weight), dtype, weight);
  }

  sqrt(self: Tensor): Tensor {
    return this.root(undefined, self);
  }

  sqrt_(self: Tensor): Tensor {
    return this.root(self, self);
  }

  /** Writes the square roots of `self`, of a floating-point dtype, into `out`, or a new tensor; the one place to put other roots in. */
  protected root(out: Tensor | undefined, self: Tensor): Tensor {
    checkLeaf(out);
    return write('Sqrt', out, [self], this.#ieee.sqrt); // NUM-6, RMS-17
  }

  /** Writes elements in C order into `out`, or a new tensor, as what an operation, by autograd's name, made of `self`. */
  protected write(out: Tensor | undefined, self: Tensor, elements: Data, name: string = 'Sqrt'): Tensor {
    checkLeaf(out);
    return write(name, out, [self], (_n, target) => target.set(elements));
  }

  #mul(out: Tensor | undefined, self: Tensor, other: number | Tensor): Tensor {
    checkLeaf(out);
    if (typeof other !== 'number') return write('Mul', out, [self, other], this.#ieee.mul, 0, promoted([self, other]));
    const dtype = promoted([self], other);
    return write('Mul', out, [self], this.#ieee.scale, this.#scalar('mul', dtype, other), dtype);
  }

  #add(out: Tensor | undefined, self: Tensor, other: number | Tensor, alpha: number): Tensor {
    checkLeaf(out);
    if (typeof other === 'number') {
      const dtype = promoted([self], other);
      return write('Add', out, [self], this.#ieee.shift, this.#scalar('add', dtype, other), dtype);
    }
    if (isComplex(self.dtype) && isComplex(other.dtype)) return this.#addComplex(out, self, other, alpha);
    const dtype = promoted([self, other]);
    const scale = this.#scalar(
      'alpha',
      dtype,
      this.#toScalar(this.#halfScalars.includes('alpha') ? dtype : opmath(dtype), alpha),
    );
    return write('Add', out, [self, other], this.#loops[floating(dtype)].add, scale, dtype);
  }

  #negComplex(self: Tensor): Tensor {
    const inBlock = this.#fromZero ? blocksOf(emptyLike(self, self.dtype), self) : () => false;
    return view_as_complex(write('Neg', undefined, [view_as_real(self)], negComplex(inBlock)));
  }

  /** Computed as complex numbers, alike in every arithmetic (clause NUM-10). */
  #addComplex(out: Tensor | undefined, self: Tensor, other: Tensor, alpha: number): Tensor {
    const parts = [self, other].map((x) => view_as_real(x)) as [Tensor, Tensor];
    const dtype = promoted(parts);
    const loop = addComplex(dtypeInfo(dtype).round);
    const made = write('Add', out && parts[0], parts, loop, this.#toScalar(dtype, alpha), dtype);
    return out ?? view_as_complex(made);
  }

  /** The scalar of an operation as it is computed with (clauses NUM-2, NUM-9). */
  #scalar(of: HalfScalars['one'][number], dtype: DType, x: number): number {
    return isHalf(dtype) && !this.#halfScalars.includes(of) ? Math.fround(x) : dtypeInfo(dtype).round(x);
  }

  /**
   * The scalar of an add, addcmul, addcdiv or lerp in a dtype; that of a mul or of an added scalar just becomes infinite.
   *
   * @throws RuntimeError when it is finite and larger than the dtype's largest number, in most arithmetics (clauses NUM-2, NUM-8)
   */
  #toScalar(dtype: DType, x: number): number {
    const { round, max } = dtypeInfo(dtype);
    if (Math.abs(x) > max && Number.isFinite(x) && !this.#overflow)
      throw new RuntimeError(`value cannot be converted to type ${cName(dtype)} without overflow`);
    return round(x);
  }

  #addcmul(out: Tensor | undefined, self: Tensor, t1: Tensor, t2: Tensor, value: number): Tensor {
    checkLeaf(out);
    const dtype = promoted([self, t1, t2]);
    return write(
      'Addcmul',
      out,
      [self, t1, t2],
      this.#loops[floating(dtype)].addcmul,
      this.#toScalar(opmath(dtype), value),
      dtype,
    );
  }
}

type Operands = readonly [Tensor, Tensor?, Tensor?];

/**
 * Runs a loop over the elements of operands in C order; absent operands stand for the first.
 *
 * @param name autograd's of the operation
 * @param out what is written to; absent, a new tensor like the first operand, or of the shape that all have together
 * @param dtype what is computed in
 * @param given the scalar before it was rounded
 * @throws RuntimeError when the operands do not fit each other, or together not into what they are written to (clauses LSD-19,
 * RMS-19, ERR-10)
 */
function write(
  name: string,
  out: Tensor | undefined,
  operands: Operands,
  loop: Loop,
  scalar: number = 0,
  dtype: DType = operands[0].dtype,
  given: number = scalar,
): Tensor {
  const [a, b = a, c = b] = operands;
  if (out !== undefined) checkOverlap(out);
  const alike = sameShape(a, b) && sameShape(a, c);
  const shape = alike ? a.shape : broadcastShape([a, b, c], out);
  const target = out ?? (alike ? emptyLike(a, dtype) : filledLike(a, dtype, shape));
  checkCast(dtype, target.dtype);
  if (out !== undefined) willWrite(out);
  record(name, target, operands, given);
  out?.bump_version();
  const n = target.numel();
  const x = inOrder(a, dtype, shape);
  const y = b === a ? x : inOrder(b, dtype, shape);
  const z = c === b ? y : inOrder(c, dtype, shape);
  const at = target.offsets();
  if (at === undefined && target.dtype === dtype && !isHalf(dtype)) loop(n, target.storage, x, y, z, scalar);
  else {
    const computed = allocate(dtype, n);
    loop(n, computed, x, y, z, scalar);
    roundHalves(dtype, computed);
    if (target.dtype !== dtype) roundHalves(target.dtype, computed);
    for (let i = 0; i < n; i++) target.storage[at?.[i] ?? i] = computed[i]!;
  }
  return target;
}

/** A new tensor of a broadcast shape. */
function filledLike({ device }: Tensor, dtype: DType, shape: readonly number[]): Tensor {
  const numel = shape.reduce((product, size) => product * size, 1);
  return new Tensor({ dtype, device, shape, data: allocate(dtype, numel) });
}

/** The elements of an operand in C order of a shape, as the dtype that is computed in sees them; its own storage where that is so already. */
function inOrder(tensor: Tensor, dtype: DType, shape: readonly number[]): Data {
  const { storage } = tensor;
  const at = sameShape(tensor, { shape }) ? tensor.offsets() : broadcastOffsets(tensor, shape);
  if (at === undefined && (tensor.dtype === dtype || !isSingle(dtype))) return storage;
  const n = at?.length ?? tensor.numel();
  const data = allocate(dtype, n);
  for (let i = 0; i < n; i++) data[i] = storage[at?.[i] ?? i]!;
  if (tensor.dtype !== dtype) roundHalves(dtype, data);
  return data;
}

/** Rounds elements that stand in place of those of a half type to it. */
function roundHalves(dtype: DType, data: Data): void {
  if (!isHalf(dtype)) return;
  const { round } = dtypeInfo(dtype);
  for (let i = 0; i < data.length; i++) data[i] = round(data[i]!);
}

/** @throws RuntimeError for a tensor whose elements share their places (clause RMS-19) */
function checkOverlap(out: Tensor): void {
  if (overlaps(out.shape, out.strides))
    throw new RuntimeError(
      'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please ' +
        'clone() the tensor before performing the operation.',
    );
}

/**
 * The module `torch`, as far as RMSprop calls it: functions of a tensor, and functions over lists of tensors. Each takes what an
 * optimizer has, checks it as ATen does and in ATen's words, and hands tensors and doubles to the kernels of an arithmetic.
 */
import { RuntimeError, TypeError } from '../python/errors.ts';
import { tuple } from '../python/tuple.ts';
import { typeName } from '../python/type-name.ts';
import { type Aten, aten, type Reference } from './aten.ts';
import { checkAlpha, numberArgument, operandArgument, selfArgument } from './arguments.ts';
import { checkLeaf, recordTogether } from './autograd.ts';
import { broadcastShape } from './broadcast.ts';
import { view_as_real } from './complex.ts';
import { dtypeInfo, isComplex, isFloating } from './dtype.ts';
import { ForeachArguments, type Tensors } from './foreach-arguments.ts';
import { groupTensors } from './grouping.ts';
import type { Ops } from './ops.ts';
import { promoted } from './promotion.ts';
import { cName } from './tensor-texts.ts';
import { Tensor } from './tensor.ts';

/** Keyword argument of a sum of tensors: what the other one is multiplied by, 1 by default. */
interface Alpha {
  readonly alpha?: unknown;
}

/** Keyword argument of a product or quotient that is added: what it is multiplied by, 1 by default. */
interface Value {
  readonly value?: unknown;
}

/** `torch.compiler`. */
export interface Compiler {
  /** Whether a step is one that `torch.compile` compiled. */
  is_compiling(): boolean;
}

/** Functions of PyTorch, by PyTorch's names; a trailing underscore writes into the first argument. */
export class Torch {
  readonly compiler: Compiler;
  readonly #kernels: Ops;
  readonly #foreach: Ops;
  readonly #aten: Aten;
  readonly #lists: ForeachArguments;

  /**
   * @param kernels what computes
   * @param reference the version of PyTorch whose refusals are followed
   * @param foreach what computes for the functions over lists
   * @param compiling whether steps are compiled
   */
  constructor(kernels: Ops, reference: Reference, foreach: Ops = kernels, compiling: boolean = false) {
    this.compiler = { is_compiling: () => compiling };
    this.#kernels = kernels;
    this.#foreach = foreach;
    this.#aten = aten[reference];
    this.#lists = new ForeachArguments(this.#aten);
  }

  /** Whether the elements are complex. @throws TypeError for what is no tensor */
  is_complex(self: unknown): boolean {
    if (!(self instanceof Tensor))
      throw new TypeError(`is_complex(): argument 'input' (position 1) must be Tensor, not ${typeName(self)}`);
    return isComplex(self.dtype);
  }

  /** The same elements as pairs of their parts. @throws RuntimeError or TypeError for a real tensor (clause NUM-10) */
  view_as_real(self: Tensor): Tensor {
    return view_as_real(self, this.#aten);
  }

  /** -self. */
  neg(self: Tensor): Tensor {
    return this.#kernels.neg(self);
  }

  /** self * other. @throws TypeError for an operand that is no number and no tensor */
  mul_(self: Tensor, other: unknown): Tensor {
    return this.#kernels.mul_(selfArgument(self, 'mul_'), operandArgument(other, 'mul_'));
  }

  /** self + alpha * other. @throws TypeError for an operand or alpha of a wrong type, RuntimeError for a boolean alpha */
  add_(self: Tensor, other: unknown, { alpha = 1 }: Alpha = {}): Tensor {
    const [operand, scale] = addend(other, alpha, 'add_');
    if (this.#stays(alpha) && typeof operand !== 'number') return this.#kernels.fma_(self, operand, alpha);
    return this.#kernels.add_(self, operand, scale);
  }

  /** self + alpha * other. @throws as `add_` */
  add(self: Tensor, other: unknown, { alpha = 1 }: Alpha = {}): Tensor {
    return this.#kernels.add(self, ...addend(other, alpha, 'add'));
  }

  /** self + value * t1 * t2. @throws TypeError for a value that is no Number */
  addcmul_(self: Tensor, t1: Tensor, t2: Tensor, { value = 1 }: Value = {}): Tensor {
    const v = numberArgument(value, "addcmul_(): argument 'value'");
    this.#checkTernary(self, t1, t2);
    return this.#addcmul_(this.#kernels, self, t1, t2, v);
  }

  /** self + value * t1 * t2. @throws TypeError for a value that is no Number */
  addcmul(self: Tensor, t1: Tensor, t2: Tensor, { value = 1 }: Value = {}): Tensor {
    return this.#kernels.addcmul(self, t1, t2, numberArgument(value, "addcmul(): argument 'value'"));
  }

  /** self + value * t1 / t2. @throws TypeError for a value that is no Number */
  addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, { value = 1 }: Value = {}): Tensor {
    const v = numberArgument(value, "addcdiv_(): argument 'value'");
    this.#checkTernary(self, t1, t2);
    this.#checkHalf(self, t1, t2);
    if (this.#stays(value)) return this.#kernels.fma_(self, this.#kernels.div(t1, t2), value);
    return this.#kernels.addcdiv_(self, t1, t2, v);
  }

  /**
   * self + weight * (end - self).
   *
   * @param weight a number, or a tensor of no dimensions
   * @throws RuntimeError for a tensor of another dtype, in versions that mind (clause ERR-8)
   */
  lerp_(self: Tensor, end: Tensor, weight: unknown): Tensor {
    return this.#lerp_(this.#kernels, self, end, weight);
  }

  /** The square root, in a new tensor. */
  sqrt(self: Tensor): Tensor {
    return this.#kernels.sqrt(self);
  }

  /** The square root. */
  sqrt_(self: Tensor): Tensor {
    return this.#kernels.sqrt_(self);
  }

  /** -self of every tensor. */
  _foreach_neg(self: Tensors): Tensors {
    return made(self.map((x) => this.#foreach.neg(x)));
  }

  /** self * other of every tensor; `other` is a number, a tensor of no dimensions, or a list. @throws as `ForeachArguments.others` */
  _foreach_mul_(self: Tensors, other: unknown): void {
    const others = this.#lists.others(other, '_foreach_mul_', self);
    written(self, (x, i) => this.#foreach.mul_(x, others[i]!));
  }

  /** self * other of every tensor, in new ones. @throws as `ForeachArguments.others` */
  _foreach_mul(self: Tensors, other: unknown): Tensors {
    const others = this.#lists.others(other, '_foreach_mul', self);
    return made(self.map((x, i) => this.#foreach.mul(x, others[i]!)));
  }

  /** self / other of every tensor. @throws TypeError for what is no Number */
  _foreach_div_(self: Tensors, other: unknown): void {
    const number = numberArgument(other, "_foreach_div_(): argument 'scalar'");
    const divisor = other instanceof Tensor ? other : number;
    written(self, (x) => this.#foreach.div_(x, divisor));
  }

  /** self + alpha * other of every tensor; without alpha, `other` is as in `_foreach_mul_`. @throws as `ForeachArguments` does */
  _foreach_add_(self: Tensors, other: unknown, { alpha }: Alpha = {}): void {
    const { others, scale } = this.#addends(self, other, alpha, '_foreach_add_');
    written(self, (x, i) => this.#foreach.add_(x, others[i]!, scale));
  }

  /** self + alpha * other of every tensor, in new ones. @throws as `_foreach_add_` */
  _foreach_add(self: Tensors, other: unknown, { alpha }: Alpha = {}): Tensors {
    const { others, scale } = this.#addends(self, other, alpha, '_foreach_add');
    return made(self.map((x, i) => this.#foreach.add(x, others[i]!, scale)));
  }

  /** self + value * t1 * t2 of every tensor. @throws TypeError for a value that is no Number */
  _foreach_addcmul_(self: Tensors, t1: Tensors, t2: Tensors, { value = 1 }: Value = {}): void {
    const v = numberArgument(value, "_foreach_addcmul_(): argument 'value'");
    written(self, (x, i) => {
      this.#checkTernary(x, t1[i]!, t2[i]!);
      this.#addcmul_(this.#foreach, x, t1[i]!, t2[i]!, v);
    });
  }

  /** self + value * t1 * t2 of every tensor, in new ones. @throws TypeError for a value that is no Number */
  _foreach_addcmul(self: Tensors, t1: Tensors, t2: Tensors, { value = 1 }: Value = {}): Tensors {
    const v = numberArgument(value, "_foreach_addcmul(): argument 'value'");
    return made(self.map((x, i) => this.#foreach.addcmul(x, t1[i]!, t2[i]!, v)));
  }

  /** self + value * t1 / t2 of every tensor. @throws TypeError for a value that is no Number */
  _foreach_addcdiv_(self: Tensors, t1: Tensors, t2: Tensors, { value = 1 }: Value = {}): void {
    const v = this.#lists.keyword(value, '_foreach_addcdiv_', 'value', [self, t1, t2]);
    written(self, (x, i) => {
      this.#checkTernary(x, t1[i]!, t2[i]!);
      this.#checkHalf(x, t1[i]!, t2[i]!);
      this.#foreach.addcdiv_(x, t1[i]!, t2[i]!, v);
    });
  }

  /** self + weight * (end - self) of every tensor. @throws TypeError for None in place of a tensor, or a weight that is no Number */
  _foreach_lerp_(self: Tensors, end: Tensors, weight: unknown): void {
    this.#lists.checkNone(self);
    const w = numberArgument(weight, "_foreach_lerp_(): argument 'weight'");
    written(self, (x, i) => this.#lerp_(this.#foreach, x, end[i]!, w));
  }

  /** The square root of every tensor, in new ones. */
  _foreach_sqrt(self: Tensors): Tensors {
    return made(self.map((x) => this.#foreach.sqrt(x)));
  }

  /** The square root of every tensor. */
  _foreach_sqrt_(self: Tensors): void {
    written(self, (x) => this.#foreach.sqrt_(x));
  }

  /** Lists apart by device and dtype of the first one's tensors (clauses RMS-12, ERR-9). @throws as `groupTensors` */
  _group_tensors_by_device_and_dtype<Lists extends object>(lists: Lists): readonly Lists[] {
    return groupTensors(lists, this.#aten);
  }

  /** Whether a Number stays the tensor that it is, in code that is compiled for any value of it (clause NUM-8). */
  #stays(number: unknown): number is Tensor {
    return this.compiler.is_compiling() && number instanceof Tensor;
  }

  #lerp_(kernels: Ops, self: Tensor, end: Tensor, weight: unknown): Tensor {
    if (weight instanceof Tensor && weight.dtype !== self.dtype && !this.#aten.lerp_weight_of_any_dtype)
      throw new RuntimeError(`expected dtype ${cName(self.dtype)} for \`weight\` but got dtype ${cName(weight.dtype)}`);
    const w = numberArgument(weight, "lerp_(): argument 'weight'");
    return kernels.lerp_(selfArgument(self, 'lerp_'), end, w);
  }

  #addcmul_(kernels: Ops, self: Tensor, t1: Tensor, t2: Tensor, value: number): Tensor {
    if (!this.#refusesHalf(self, t1, t2)) return kernels.addcmul_(self, t1, t2, value);
    checkLeaf(self);
    // Three operations in float16, each rounded.
    return kernels.add_(self, kernels.mul(kernels.mul(t1, dtypeInfo('float16').round(value)), t2));
  }

  #addends(
    self: Tensors,
    other: unknown,
    alpha: unknown,
    name: string,
  ): { readonly others: readonly (number | Tensor)[]; readonly scale: number } {
    if (alpha === undefined) return { others: this.#lists.others(other, name, self), scale: 1 };
    const others = other as Tensors;
    const scale = this.#lists.keyword(alpha, name, 'alpha', [self, others]);
    checkAlpha(alpha);
    return { others, scale };
  }

  /** @throws RuntimeError where nothing is converted that a kernel of three operands writes (clause ERR-9) */
  #checkTernary(out: Tensor, t1: Tensor, t2: Tensor): void {
    if (this.#aten.ternary_casts || !isFloating(out.dtype) || promoted([out, t1, t2]) === out.dtype) return;
    checkLeaf(out);
    broadcastShape([out, t1, t2], out);
    throw new RuntimeError(NO_CAST);
  }

  /** @throws RuntimeError where no kernel divides float16 (clause NUM-9) */
  #checkHalf(out: Tensor, t1: Tensor, t2: Tensor): void {
    if (!this.#refusesHalf(out, t1, t2)) return;
    checkLeaf(out);
    throw new RuntimeError(`"addcdiv_cpu_out" not implemented for 'Half'`);
  }

  #refusesHalf(out: Tensor, t1: Tensor, t2: Tensor): boolean {
    return !this.#aten.float16_addcdiv && out.device === 'cpu' && promoted([out, t1, t2]) === 'float16';
  }
}

/** The operand of a sum and what it is multiplied by. */
function addend(other: unknown, alpha: unknown, method: string): readonly [number | Tensor, number] {
  const operand = operandArgument(other, method);
  const scale = numberArgument(alpha, `${method}(): argument 'alpha'`);
  if (typeof operand !== 'number') checkAlpha(alpha);
  return [operand, scale];
}

/** What a function over lists makes is a tuple. */
function made(tensors: readonly Tensor[]): Tensors {
  recordTogether(tensors);
  return tuple(...tensors);
}

/** A function over lists that writes: no tensor before all are known to be no leaves (clause GRD-2). */
function written(tensors: Tensors, write: (tensor: Tensor, i: number) => unknown): void {
  for (const tensor of tensors) checkLeaf(tensor);
  tensors.forEach(write);
}

const NO_CAST =
  '!needs_dynamic_casting<func_t>::check(iter) INTERNAL ASSERT FAILED at "../aten/src/ATen/native/cpu/Loops.h":349, please ' +
  'report a bug to PyTorch. ';

/**
 * Functions of tensors to build a loss of, by PyTorch's names; a trailing underscore writes into the first argument. Each is
 * recorded where an operand requires grad. Every operation rounds (arithmetic `separate`).
 */
import { RuntimeError } from '../python/errors.ts';
import { quick_separate } from '../fast/operations.ts';
import { atenOfTensors, NEWEST } from '../tensor/aten.ts';
import { checkLeaf, record } from '../tensor/autograd.ts';
import { Elementwise } from '../tensor/ops.ts';
import { Tensor } from '../tensor/tensor.ts';
import { cName } from '../tensor/tensor-texts.ts';
import { Torch } from '../tensor/torch.ts';
import { filled, map, over, overwrite, product, scaled, summedTo, times } from './numbers.ts';
import { clone } from './views.ts';

const torch = new Torch(new Elementwise(quick_separate), NEWEST);

/** A tensor, or a number. */
export type Operand = Tensor | number;

/** -self. */
export const neg = (self: Tensor): Tensor => torch.neg(self);

/** self + alpha * other. */
export const add = (self: Tensor, other: Operand, options: { readonly alpha?: number } = {}): Tensor =>
  torch.add(self, other, options);

/** self + alpha * other. @throws RuntimeError for a leaf that requires grad, as every function that writes */
export const add_ = (self: Tensor, other: Operand, options: { readonly alpha?: number } = {}): Tensor =>
  torch.add_(self, other, options);

/** self - alpha * other. */
export const sub = (self: Tensor, other: Operand, { alpha = 1 }: { readonly alpha?: number } = {}): Tensor =>
  typeof other === 'number' ? torch.add(self, -other * alpha) : torch.add(self, other, { alpha: -alpha });

/** self - alpha * other. */
export const sub_ = (self: Tensor, other: Operand, { alpha = 1 }: { readonly alpha?: number } = {}): Tensor =>
  typeof other === 'number' ? torch.add_(self, -other * alpha) : torch.add_(self, other, { alpha: -alpha });

/** self * other. */
export function mul(self: Tensor, other: Operand): Tensor {
  const made = typeof other === 'number' ? scaled(self, other) : times(self, other);
  return recorded('Mul', made, self, other);
}

/** self * other. */
export const mul_ = (self: Tensor, other: Operand): Tensor => torch.mul_(self, other);

/** self / other. */
export function div(self: Tensor, other: Operand): Tensor {
  return recorded('Div', over(self, typeof other === 'number' ? filled(self, [], other) : other), self, other);
}

/** self / other. */
export function div_(self: Tensor, other: Operand): Tensor {
  checkLeaf(self);
  const quotient = over(self, typeof other === 'number' ? filled(self, [], other) : other);
  recorded('Div', self, self, other);
  overwrite(self, quotient);
  return self;
}

/** The square root. */
export const sqrt = (self: Tensor): Tensor => torch.sqrt(self);

/** The square root. */
export const sqrt_ = (self: Tensor): Tensor => torch.sqrt_(self);

/** self + value * t1 * t2. */
export const addcmul = (self: Tensor, t1: Tensor, t2: Tensor, options: { readonly value?: number } = {}): Tensor =>
  torch.addcmul(self, t1, t2, options);

/** self + value * t1 * t2. */
export const addcmul_ = (self: Tensor, t1: Tensor, t2: Tensor, options: { readonly value?: number } = {}): Tensor =>
  torch.addcmul_(self, t1, t2, options);

/** self + value * t1 / t2. */
export const addcdiv = (self: Tensor, t1: Tensor, t2: Tensor, options: { readonly value?: number } = {}): Tensor =>
  torch.addcdiv_(clone(self), t1, t2, options);

/** self + value * t1 / t2. */
export const addcdiv_ = (self: Tensor, t1: Tensor, t2: Tensor, options: { readonly value?: number } = {}): Tensor =>
  torch.addcdiv_(self, t1, t2, options);

/** self + weight * (end - self). */
export const lerp = (self: Tensor, end: Tensor, weight: number): Tensor => torch.lerp_(clone(self), end, weight);

/** self + weight * (end - self). */
export const lerp_ = (self: Tensor, end: Tensor, weight: number): Tensor => torch.lerp_(self, end, weight);

/** The sum of all elements, one after the other in C order (spec/differentiable.md). */
export const sum = (self: Tensor): Tensor => recorded('Sum', summedTo(self, []), self);

/** The sum of all elements, divided by how many there are. */
export function mean(self: Tensor): Tensor {
  return recorded('Mean', over(summedTo(self, []), filled(self, [], self.numel())), self);
}

/** The larger of 0 and each element; NaN stays. */
export const relu = (self: Tensor): Tensor =>
  recorded(
    'Relu',
    map(self, (n, out, x) => {
      for (let i = 0; i < n; i++) out[i] = x[i]! <= 0 ? 0 : x[i]!;
    }),
    self,
  );

/** The hyperbolic tangent, as JavaScript's engine computes it: PyTorch's may differ in the last bits. */
export const tanh = (self: Tensor): Tensor =>
  recorded(
    'Tanh',
    map(self, (n, out, x) => {
      for (let i = 0; i < n; i++) out[i] = Math.tanh(x[i]!);
    }),
    self,
  );

/**
 * The product of two matrices, each element summed over the inner dimension in its order (spec/differentiable.md).
 *
 * @throws RuntimeError for other than two dimensions each, sizes that do not fit, or different element types
 */
export function matmul(self: Tensor, other: Tensor): Tensor {
  if (self.shape.length !== 2 || other.shape.length !== 2)
    throw new RuntimeError(
      `matmul: expected two matrices, got tensors of ${self.shape.length} and ${other.shape.length} dimensions`,
    );
  if (self.shape[1] !== other.shape[0])
    throw new RuntimeError(
      `${atenOfTensors().mm_prefix}mat1 and mat2 shapes cannot be multiplied (${self.shape.join('x')} and ${other.shape.join('x')})`,
    );
  if (self.dtype !== other.dtype)
    throw new RuntimeError(
      `expected m1 and m2 to have the same dtype, but got: ${cName(self.dtype)} != ${cName(other.dtype)}`,
    );
  return recorded('Mm', product(self, other), self, other);
}

/** Records what was made of operands: tensors, and at most one number. */
function recorded(name: string, out: Tensor, ...operands: readonly Operand[]): Tensor {
  const number = operands.find((operand) => typeof operand === 'number');
  record(
    name,
    out,
    operands.filter((operand) => typeof operand !== 'number'),
    number ?? 0,
  );
  return out;
}

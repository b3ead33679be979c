/**
 * What Python and PyTorch make of a hyper-parameter where the update uses it. The constructor checks values; what a group is
 * given later may be anything (clauses RMS-10 and ERR-8).
 */
import { RuntimeError, TypeError } from '../tensor/errors.ts';
import { dtypeInfo } from '../tensor/dtype.ts';
import { is_grad_enabled } from '../tensor/grad-mode.ts';
import { is_integer } from '../tensor/promotion.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { truthy } from './python.ts';

/** `x > 0`. @throws TypeError for what has no order, RuntimeError for a tensor of other than one element */
export function positive(x: unknown): boolean {
  if (typeof x === 'number' || typeof x === 'boolean') return Number(x) > 0;
  if (!(x instanceof Tensor)) throw new TypeError(`'>' not supported between instances of '${typeName(x)}' and 'int'`);
  return truthy(x) && x.item() > 0;
}

/** `x != 0`: true of whatever is no number. @throws RuntimeError for a tensor of other than one element */
export function nonzero(x: unknown): boolean {
  return typeof x === 'number' || typeof x === 'boolean' || x instanceof Tensor ? truthy(x) : true;
}

/** `-x`; an integral number is Python's int, which has no negative zero (clause NUM-2). @throws TypeError for what has no sign */
export function negated(x: unknown): unknown {
  if (typeof x === 'number' || typeof x === 'boolean') return 0 - Number(x);
  if (!(x instanceof Tensor)) throw new TypeError(`bad operand type for unary -: '${typeName(x)}'`);
  return mapped(x, (element) => -element);
}

/** `1 - x`: of a tensor in its own dtype. @throws TypeError for what nothing can be subtracted from */
export function complement(x: unknown): unknown {
  if (typeof x === 'number' || typeof x === 'boolean') return 1 - Number(x);
  if (!(x instanceof Tensor)) throw new TypeError(`unsupported operand type(s) for -: 'int' and '${typeName(x)}'`);
  return mapped(x, (element) => 1 - element);
}

/** Whether PyTorch takes a value for a Number: also a tensor of no dimensions, unless it requires grad, in any grad mode. */
export function isNumber(x: unknown): x is number | boolean | Tensor {
  if (typeof x === 'number' || typeof x === 'boolean') return true;
  return x instanceof Tensor && x.shape.length === 0 && !x.requires_grad;
}

/**
 * An argument that must be a Number, as a double.
 *
 * @param argument as PyTorch names it, such as "addcdiv_(): argument 'value'"
 * @throws TypeError for anything else, such as a tensor with dimensions (clause ERR-7), RuntimeError for a boolean
 * `alpha`
 */
export function number(x: unknown, argument: string): number {
  if (typeof x === 'number') return x;
  if (!isNumber(x)) throw new TypeError(`${argument} must be Number, not ${typeName(x)}`);
  if (x instanceof Tensor) return x.item();
  if (argument.endsWith("'alpha'")) throw new RuntimeError('Boolean alpha only supported for Boolean results.');
  return Number(x);
}

/** Refuses an `alpha` beside integers. @throws RuntimeError unless it is an integer too (clause INT-3) */
export function check_alpha(x: unknown, param: Tensor): void {
  if (param.dtype !== 'int64' || (x instanceof Tensor ? x.dtype === 'int64' : is_integer(Number(x)))) return;
  throw new RuntimeError('For integral input tensors, argument alpha must not be a floating point number.');
}

/**
 * The other operand of `mul_` or `add_`: a number, or a tensor of any shape.
 *
 * @throws TypeError for anything else
 */
export function operand(x: unknown, method: string): number | Tensor {
  if (typeof x === 'number' || x instanceof Tensor) return x;
  if (typeof x === 'boolean') return Number(x);
  throw new TypeError(`${method}(): argument 'other' (position 1) must be Tensor, not ${typeName(x)}`);
}

/**
 * Computed in the tensor's own dtype, integers too (clause INT-5); while autograd does not record it does not require
 * grad.
 */
function mapped(tensor: Tensor, f: (element: number) => number): Tensor {
  const { dtype, shape, device } = tensor;
  const { round } = dtypeInfo(dtype);
  const requires_grad = tensor.requires_grad && is_grad_enabled();
  return new Tensor({ dtype, shape, device, requires_grad, data: tensor.elements().map((x) => round(f(x))) });
}

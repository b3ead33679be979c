/**
 * How ATen takes the arguments of its functions beside the tensors that they are called on, and words what it refuses (clauses
 * RMS-10, ERR-8).
 */
import { RuntimeError, TypeError } from '../python/errors.ts';
import { isReal } from '../python/numbers.ts';
import { noAttribute } from '../python/no-attribute.ts';
import { typeName } from '../python/type-name.ts';
import { Tensor } from './tensor.ts';

/** Whether PyTorch takes a value for a Number: also a tensor of no dimensions, unless it requires grad, in any grad mode (clause DIF-9). */
export function isNumber(x: unknown): x is number | boolean | Tensor {
  return isReal(x) || (x instanceof Tensor && x.shape.length === 0 && !x.requires_grad);
}

/**
 * An argument that must be a Number, as a double.
 *
 * @param argument as PyTorch names it, such as "addcdiv_(): argument 'value'"
 * @throws TypeError for anything else, such as a tensor with dimensions (clause ERR-7)
 */
export function numberArgument(x: unknown, argument: string): number {
  if (typeof x === 'number') return x;
  if (!isNumber(x)) throw new TypeError(`${argument} must be Number, not ${typeName(x)}`);
  return x instanceof Tensor ? x.item() : Number(x);
}

/** Refuses an `alpha` that multiplies no number. @throws RuntimeError for a boolean (clause ERR-8) */
export function checkAlpha(alpha: unknown): void {
  if (typeof alpha === 'boolean') throw new RuntimeError('Boolean alpha only supported for Boolean results.');
}

/** The other operand of `mul_` or `add_`: a number, or a tensor of any shape. @throws TypeError for anything else */
export function operandArgument(x: unknown, method: string): number | Tensor {
  if (typeof x === 'number' || x instanceof Tensor) return x;
  if (typeof x === 'boolean') return Number(x);
  throw new TypeError(`${method}(): argument 'other' (position 1) must be Tensor, not ${typeName(x)}`);
}

/** What a method is called on; in the place of a buffer may be anything (clause ERR-9). @throws PythonError, an AttributeError, for what is no tensor */
export function selfArgument(x: unknown, method: string): Tensor {
  if (x instanceof Tensor) return x;
  throw noAttribute(x, method);
}

/**
 * Python's truth and types of values, as far as PyTorch's messages show them. A frozen array stands for a tuple.
 */
import { RuntimeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';

/**
 * `bool(x)`: of numbers and tensors whether they are not zero, of containers whether they hold anything.
 *
 * @throws RuntimeError for a tensor of other than one element
 */
export function truthy(x: unknown): boolean {
  if (typeof x === 'number') return x !== 0;
  if (Array.isArray(x)) return x.length > 0;
  if (x instanceof Set || x instanceof Map) return x.size > 0;
  if (x instanceof Tensor) {
    if (x.numel() === 1) return x.item() !== 0;
    const values = x.numel() === 0 ? 'no values' : 'more than one value';
    throw new RuntimeError(`Boolean value of Tensor with ${values} is ambiguous`);
  }
  if (typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype)
    return Object.keys(x).length > 0;
  return Boolean(x);
}

/** The name of Python's type for a value. */
export function typeName(x: unknown): string {
  if (x === null || x === undefined) return 'NoneType';
  if (typeof x === 'boolean') return 'bool';
  if (typeof x === 'number') return Number.isInteger(x) ? 'int' : 'float';
  if (typeof x === 'string') return 'str';
  if (typeof x === 'function') return 'function';
  if (Array.isArray(x)) return Object.isFrozen(x) ? 'tuple' : 'list';
  if (x instanceof Set) return 'set';
  if (x instanceof Tensor) return x.constructor.name;
  return Symbol.iterator in Object(x) && !(x instanceof Map) ? 'generator' : 'dict';
}

/** Python's `type(x)` as it prints. */
export function typeText(x: unknown): string {
  if (!(x instanceof Tensor)) return `<class '${typeName(x)}'>`;
  return typeName(x) === 'Parameter' ? "<class 'torch.nn.parameter.Parameter'>" : "<class 'torch.Tensor'>";
}

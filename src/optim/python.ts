/**
 * Python's truth, types and attributes of values, as far as PyTorch's messages show them. A frozen array stands for a tuple.
 */
import { PythonError, RuntimeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';

/**
 * `bool(x)`: of numbers and tensors whether they are not zero, of containers whether they hold anything.
 *
 * @throws RuntimeError for a tensor of other than one element
 */
export function truthy(x: unknown): boolean {
  if (typeof x === 'boolean') return x;
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

/** `x.name`. @throws PythonError, an AttributeError, when there is none of the name (clause RPR-17) */
export function attribute(x: unknown, name: string): unknown {
  const isObject = typeof x === 'object' && x !== null && !(x instanceof Map);
  if (isObject && Object.getPrototypeOf(x) !== Object.prototype && name in x)
    return (x as Record<string, unknown>)[name];
  throw new PythonError('AttributeError', `'${typeName(x)}' object has no attribute '${name}'`);
}

/** `x.append(item)`. @throws PythonError, an AttributeError, for what is no list (clause RPR-17) */
export function append(x: unknown, item: unknown): void {
  if (!Array.isArray(x) || Object.isFrozen(x))
    throw new PythonError('AttributeError', `'${typeName(x)}' object has no attribute 'append'`);
  x.push(item);
}

/** Whether a value is a generator, which can be neither copied nor made of other items. */
export function isGenerator(x: unknown): boolean {
  return Object.prototype.toString.call(x) === '[object Generator]';
}

/** Python's `type(x)` as it prints. */
export function typeText(x: unknown): string {
  if (!(x instanceof Tensor)) return `<class '${typeName(x)}'>`;
  return typeName(x) === 'Parameter' ? "<class 'torch.nn.parameter.Parameter'>" : "<class 'torch.Tensor'>";
}

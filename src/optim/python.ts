/**
 * Python's way of printing and naming values, as far as PyTorch's messages show it. A frozen array stands for a tuple.
 */
import { PythonError, RuntimeError, TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { float, number, tensorText } from './numbers.ts';

/**
 * `str(x)`. JavaScript has one kind of number: an integral one prints as Python's int, any other as its float (clause ERR-2).
 */
export function str(x: unknown): string {
  if (typeof x === 'string') return x;
  if (x instanceof Tensor && x.shape.length === 0) return float(x.item());
  return repr(x);
}

/** `repr(x)`. */
export function repr(x: unknown): string {
  if (x === null || x === undefined) return 'None';
  if (x === true) return 'True';
  if (x === false) return 'False';
  if (typeof x === 'number') return number(x);
  if (typeof x === 'string') return quoted(x);
  if (x instanceof Tensor) return tensorText(x);
  if (Array.isArray(x)) return list(x);
  if (x instanceof Set) return x.size === 0 ? 'set()' : `{${[...x].map(repr).join(', ')}}`;
  if (x instanceof Map) return dict([...x]);
  if (typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype) return dict(Object.entries(x));
  if (typeof x === 'object') return String(x);
  return `<function at 0x0>`;
}

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

/** `sorted(x)` of texts, or of numbers. @throws TypeError for what has no order beside what comes before it */
export function sorted(items: readonly unknown[]): unknown[] {
  const kind = (x: unknown): string => (typeof x === 'boolean' ? 'number' : typeof x);
  const odd = items.find((x, i) => i > 0 && (kind(x) !== kind(items[0]) || !['number', 'string'].includes(kind(x))));
  if (odd !== undefined)
    throw new TypeError(`'<' not supported between instances of '${typeName(odd)}' and '${typeName(items[0])}'`);
  return [...(items as string[])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** `x.name`. @throws PythonError, an AttributeError, when there is none of the name */
export function attribute(x: unknown, name: string): unknown {
  const isObject = typeof x === 'object' && x !== null && !(x instanceof Map);
  if (isObject && Object.getPrototypeOf(x) !== Object.prototype && name in x)
    return (x as Record<string, unknown>)[name];
  throw new PythonError('AttributeError', `'${typeName(x)}' object has no attribute '${name}'`);
}

/** Python's `type(x)` as it prints. */
export function typeText(x: unknown): string {
  if (!(x instanceof Tensor)) return `<class '${typeName(x)}'>`;
  return typeName(x) === 'Parameter' ? "<class 'torch.nn.parameter.Parameter'>" : "<class 'torch.Tensor'>";
}

function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

function list(items: readonly unknown[]): string {
  const inside = items.map(repr).join(', ');
  if (!Object.isFrozen(items)) return `[${inside}]`;
  return items.length === 1 ? `(${inside},)` : `(${inside})`;
}

function dict(entries: readonly (readonly [unknown, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(', ')}}`;
}

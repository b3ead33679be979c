/**
 * Python's names of types, as far as JavaScript's values have them (clause ERR-3). A frozen array stands for a tuple.
 */

/** `type(x).__name__`. */
export function typeName(x: unknown): string {
  if (x === null || x === undefined) return 'NoneType';
  if (typeof x === 'boolean') return 'bool';
  if (typeof x === 'number') return Number.isInteger(x) && !Object.is(x, -0) ? 'int' : 'float';
  if (typeof x === 'string') return 'str';
  if (typeof x === 'function') return 'function';
  // Python has nothing like a bigint or a symbol.
  if (typeof x !== 'object') return typeof x;
  if (Array.isArray(x)) return Object.isFrozen(x) ? 'tuple' : 'list';
  if (x instanceof Set) return 'set';
  if (x instanceof Map) return 'dict';
  return isGenerator(x) ? 'generator' : className(x);
}

/** `repr(type(x))`: a class that says no `__module__` of its own is named alone. */
export function typeText(x: unknown): string {
  const of =
    typeof x === 'object' && x !== null ? (x.constructor as { readonly __module__?: string } | undefined) : undefined;
  const module = of !== undefined && Object.hasOwn(of, '__module__') ? `${of.__module__}.` : '';
  return `<class '${module}${typeName(x)}'>`;
}

/** Whether a value is a generator, which can be neither copied nor made of other items. */
export function isGenerator(x: unknown): boolean {
  return Object.prototype.toString.call(x) === '[object Generator]';
}

/** An object of no class is a dictionary, unless it can be gone through. */
function className(x: object): string {
  const prototype = Object.getPrototypeOf(x) as object | null;
  if (prototype !== null && prototype !== Object.prototype) return prototype.constructor.name;
  return Symbol.iterator in x ? 'generator' : 'dict';
}

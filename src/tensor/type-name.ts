/**
 * Python's names of types, as far as JavaScript's values have them. A frozen array stands for a tuple.
 */

/** The name of Python's type for a value. */
export function typeName(x: unknown): string {
  if (x === null || x === undefined) return 'NoneType';
  if (typeof x === 'boolean') return 'bool';
  if (typeof x === 'number') return Number.isInteger(x) ? 'int' : 'float';
  if (typeof x === 'string') return 'str';
  if (typeof x === 'function') return 'function';
  if (Array.isArray(x)) return Object.isFrozen(x) ? 'tuple' : 'list';
  if (x instanceof Set) return Object.isFrozen(x) ? 'frozenset' : 'set';
  const { name } = (x as object).constructor ?? Object;
  if (name !== 'Object' && !(x instanceof Map) && !(Symbol.iterator in (x as object))) return name;
  return Symbol.iterator in Object(x) && !(x instanceof Map) ? 'generator' : 'dict';
}

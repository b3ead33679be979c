/**
 * Python's `container[key]`.
 */
import { KeyError, TypeError } from './errors.ts';
import { DefaultDict, get, has, isDict, isPlain, put } from './dict.ts';
import { answers } from './protocol.ts';
import { repr } from './text/repr.ts';
import { typeName } from './type-name.ts';

/** `container[key]`. @throws KeyError when the key is absent, TypeError where there are no keys, what `__getitem__` throws */
export function item(container: unknown, key: unknown): unknown {
  // Steps look options up all the time; what an object has needs no further question.
  if (typeof key === 'string' && isPlain(container) && Object.hasOwn(container, key)) return container[key];
  if (container instanceof DefaultDict) return container.get(key);
  if (answers(container, '__getitem__')) return container.__getitem__(key);
  if (!isDict(container)) throw new TypeError(noKeys(container, key));
  if (!has(container, key)) throw new KeyError(repr(key));
  return get(container, key);
}

/** `container[key] = value`. @throws TypeError where there are no keys, what `__setitem__` throws */
export function assign(container: unknown, key: string, value: unknown): void {
  if (answers(container, '__setitem__')) return container.__setitem__(key, value);
  if (isDict(container)) return put(container, key, value);
  if (Array.isArray(container) && !Object.isFrozen(container)) throw new TypeError(noKeys(container, key));
  throw new TypeError(`'${typeName(container)}' object does not support item assignment`);
}

/** Why something has no such key (clauses LSD-21, RPR-17). */
function noKeys(container: unknown, key: unknown): string {
  const isSequence = typeof container === 'string' || Array.isArray(container);
  if (isSequence && answers(key, '__index__')) key.__index__();
  if (typeof container === 'string') return `string indices must be integers, not '${typeName(key)}'`;
  if (Array.isArray(container))
    return `${typeName(container)} indices must be integers or slices, not ${typeName(key)}`;
  return `'${typeName(container)}' object is not subscriptable`;
}

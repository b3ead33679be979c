/**
 * Python's `container[key]`.
 */
import { KeyError, TypeError } from './errors.ts';
import { DefaultDict, get, has, isDict, isPlain, put } from './dict.ts';
import { repr } from './text/repr.ts';
import { typeName } from './type-name.ts';

/** `container[key]`. @throws KeyError when the key is absent, TypeError where there are no keys */
export function item(container: unknown, key: unknown): unknown {
  // Steps look options up all the time; what an object has needs no further question.
  if (typeof key === 'string' && isPlain(container) && Object.hasOwn(container, key)) return container[key];
  if (container instanceof DefaultDict) return container.get(key);
  if (!isDict(container)) throw new TypeError(noKeys(container, key));
  if (!has(container, key)) throw new KeyError(repr(key));
  return get(container, key);
}

/** `container[key] = value`. @throws TypeError where there are no keys */
export function assign(container: unknown, key: string, value: unknown): void {
  if (!isDict(container)) throw new TypeError(noKeys(container, key));
  put(container, key, value);
}

/** Why something has no such key (clauses LSD-21, RPR-17). */
function noKeys(container: unknown, key: unknown): string {
  if (typeof container === 'string') return `string indices must be integers, not '${typeName(key)}'`;
  if (Array.isArray(container))
    return `${typeName(container)} indices must be integers or slices, not ${typeName(key)}`;
  return `'${typeName(container)}' object is not subscriptable`;
}

/**
 * Python's length of values.
 */
import { TypeError } from './errors.ts';
import { isDict } from './dict.ts';
import { typeName } from './type-name.ts';

/** `len(x)`. @throws TypeError for what has no length (clause LSD-21) */
export function len(x: unknown): number {
  if (Array.isArray(x) || typeof x === 'string') return x.length;
  if (x instanceof Set || x instanceof Map) return x.size;
  if (isDict(x)) return Object.keys(x).length;
  throw new TypeError(`object of type '${typeName(x)}' has no len()`);
}

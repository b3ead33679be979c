/**
 * Going through values as Python's `for` does: item by item, so that what comes later may still raise or change.
 */
import { TypeError } from './errors.ts';
import { isDict } from './dict.ts';
import { typeName } from './type-name.ts';

/** `iter(x)`: of a dictionary its keys, of a string its characters. @throws TypeError when it is not iterable (clause OPT-6) */
export function iterate(x: unknown): Iterable<unknown> {
  if (typeof x === 'string') return x;
  if (isDict(x)) return x instanceof Map ? (x as Map<unknown, unknown>).keys() : Object.keys(x);
  if (!isIterable(x)) throw new TypeError(`'${typeName(x)}' object is not iterable`);
  return x;
}

/** `list(x)`. @throws TypeError when it is not iterable */
export function list(x: unknown): unknown[] {
  return [...iterate(x)];
}

/** Whether Python can unpack a value: `f(*x)`. */
export function isUnpackable(x: unknown): boolean {
  return typeof x === 'string' || isDict(x) || isIterable(x);
}

function isIterable(x: unknown): x is Iterable<unknown> {
  return typeof x === 'object' && x !== null && Symbol.iterator in x;
}

/**
 * Python's `copy.copy`, of what optimizers are and hold.
 */
import { isPlain } from './dict.ts';
import { answers } from './protocol.ts';
import { isTuple } from './tuple.ts';

/**
 * A shallow copy: of an optimizer, another over the same defaults, groups and state (clause RPR-16); of a dictionary, list or set
 * another of the same items; anything else is itself.
 */
export function copy<T>(x: T): T {
  if (typeof x !== 'object' || x === null) return x;
  if (answers(x, '__copy__')) return x.__copy__() as T;
  if (isPlain(x)) return { ...x };
  if (isTuple(x)) return x;
  if (Array.isArray(x)) return [...(x as readonly unknown[])] as T;
  if (x instanceof Map || x instanceof Set) return new (x.constructor as new (items: Iterable<unknown>) => T)(x);
  return x;
}

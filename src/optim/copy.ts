/**
 * Python's `copy.copy`, of what optimizers are and hold.
 */
import { isPlain } from './dict.ts';
import { isTuple } from './tuple.ts';

/** What makes a shallow copy of itself. */
export interface Copying {
  __copy__(): this;
}

/**
 * A shallow copy: of an optimizer, another over the same defaults, groups and state (clause RPR-16); of a dictionary, list or set
 * another of the same items; anything else is itself.
 */
export function copy<T>(x: T): T {
  if (typeof x !== 'object' || x === null) return x;
  if ('__copy__' in x) return (x as unknown as Copying).__copy__() as unknown as T;
  if (isPlain(x)) return { ...x };
  if (isTuple(x) || (x instanceof Set && Object.isFrozen(x))) return x;
  if (Array.isArray(x)) return [...(x as readonly unknown[])] as T;
  if (x instanceof Map || x instanceof Set) return new (x.constructor as new (items: Iterable<unknown>) => T)(x);
  return x;
}

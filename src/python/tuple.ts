/**
 * Python's tuples: frozen arrays. Where PyTorch tells a tuple from a list, so does the port.
 */

/** A tuple of some items. */
export function tuple<const T extends readonly unknown[]>(...items: T): Readonly<T> {
  return Object.freeze(items);
}

/** Whether a value is a tuple. */
export function isTuple(x: unknown): x is readonly unknown[] {
  return Array.isArray(x) && Object.isFrozen(x);
}

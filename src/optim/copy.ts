/**
 * Python's `copy.copy` of what optimizers are.
 */

/** What makes a shallow copy of itself. */
export interface Copying {
  __copy__(): this;
}

/** A shallow copy: of an optimizer, another over the same defaults, groups and state (clause RPR-16). */
export function copy<T extends Copying>(x: T): T {
  return x.__copy__();
}

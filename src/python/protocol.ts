/**
 * Python's data model as a protocol: what built-in functions and operators ask of an object. A class whose objects are more than
 * their entries, such as a tensor, has methods of these names; the functions of this folder know no such class by name.
 */

/** The special methods that this folder asks for, by Python's names. Each throws what Python raises where there is no answer. */
export interface DataModel {
  /** `bool(x)`. */
  __bool__(): boolean;
  /** `repr(x)`. */
  __repr__(): string;
  /** `f'{x}'`. */
  __format__(): string;
  /** `bool(x != other)`. */
  __ne__(other: number): boolean;
  /** `bool(x > other)`. */
  __gt__(other: number): boolean;
  /** `bool(x >= other)`, also for `other <= x`. */
  __ge__(other: number): boolean;
  /** `-x`. */
  __neg__(): unknown;
  /** `other - x`. */
  __rsub__(other: number): unknown;
  /** `copy.copy(x)`. */
  __copy__(): unknown;
  /** `copy.deepcopy(x)`: gets a function that copies what it holds, and one to say early what its copy is. */
  __deepcopy__(copy: <T>(value: T) => T, is: (copied: unknown) => void): unknown;
}

/** An object that answers to one of the special methods. */
export type Answering<Name extends keyof DataModel> = Pick<DataModel, Name>;

/** Whether an object's class has a special method; as in Python, an entry or attribute of the object itself is none. */
export function answers<Name extends keyof DataModel>(x: unknown, name: Name): x is Answering<Name> {
  return typeof x === 'object' && x !== null && name in ((Object.getPrototypeOf(x) as object | null) ?? {});
}

/**
 * Python's dictionaries in JavaScript: an object where keys are strings, a Map where they are anything.
 */
import { KeyError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { repr } from './python.ts';

/** A dictionary with string keys. */
export type Dict = Record<string, unknown>;

/** Python's `defaultdict(dict)`: reading an absent key makes an empty entry (clause STA-1). */
export class DefaultDict extends Map<unknown, Dict> {
  override get(key: unknown): Dict {
    const present = super.get(key);
    if (present !== undefined) return present;
    const made: Dict = {};
    this.set(key, made);
    return made;
  }
}

/** Whether a value is a dictionary: a Map, or an object that is nothing else. */
export function isDict(x: unknown): x is Dict | Map<unknown, unknown> {
  if (x instanceof Map) return true;
  if (typeof x !== 'object' || x === null || x instanceof Tensor) return false;
  return !(Symbol.iterator in x);
}

/** The entries of a dictionary in its order; the integer-like keys of an object are integers. */
export function entriesOf(dict: Dict | Map<unknown, unknown>): [unknown, unknown][] {
  if (dict instanceof Map) return [...(dict as Map<unknown, unknown>)];
  return Object.entries(dict).map(([key, value]) => [/^(0|[1-9]\d*)$/.test(key) ? Number(key) : key, value]);
}

/** `dict[key]`. @throws KeyError when the key is absent */
export function item(dict: Dict | Map<unknown, unknown>, key: string): unknown {
  if (!has(dict, key)) throw new KeyError(repr(key));
  return dict instanceof Map ? dict.get(key) : dict[key];
}

/** `dict.get(key)`: undefined where the key is absent. */
export function get(dict: Dict | Map<unknown, unknown>, key: string): unknown {
  return dict instanceof Map ? dict.get(key) : dict[key];
}

/** `key in dict`. */
export function has(dict: Dict | Map<unknown, unknown>, key: string): boolean {
  return dict instanceof Map ? dict.has(key) : Object.hasOwn(dict, key);
}

/** `dict.setdefault(key, value)`. */
export function setdefault(dict: Dict, key: string, value: unknown): void {
  if (!Object.hasOwn(dict, key)) dict[key] = value;
}

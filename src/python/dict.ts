/**
 * Python's dictionaries in JavaScript: an object where every key is a text that no index looks like, else a Map.
 */
import { noAttribute } from './no-attribute.ts';

/** A dictionary with string keys. */
export type Dict = Record<string, unknown>;

/** A dictionary with any keys. */
export type AnyDict = Dict | Map<unknown, unknown>;

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
export function isDict(x: unknown): x is AnyDict {
  return x instanceof Map || isPlain(x);
}

/** Whether a value is an object that is nothing else than its entries. */
export function isPlain(x: unknown): x is Dict {
  if (typeof x !== 'object' || x === null || Symbol.iterator in x) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
}

/** The entries of a dictionary in its order; the integer-like keys of an object are integers. */
export function entriesOf(dict: AnyDict): [unknown, unknown][] {
  if (dict instanceof Map) return [...(dict as Map<unknown, unknown>)];
  return Object.entries(dict).map(([key, value]) => [isIndex(key) ? Number(key) : key, value]);
}

/** A dictionary of entries: an object where one can hold them in their order. */
export function dictOf(entries: Iterable<readonly [unknown, unknown]>): AnyDict {
  const list = [...entries];
  return list.every(([key]) => typeof key === 'string' && !isIndex(key))
    ? Object.fromEntries(list as [string, unknown][])
    : new Map(list);
}

/** Whether an object would move a key to its front. */
function isIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key);
}

/** A value as the dictionary whose method is called. @throws PythonError, an AttributeError, for what is no dictionary */
function dictWith(method: string, x: unknown): AnyDict {
  if (isDict(x)) return x;
  throw noAttribute(x, method);
}

/** `x.items()`. @throws PythonError, an AttributeError, for what is no dictionary (clauses LSD-21, RPR-17) */
export function items(x: unknown): [unknown, unknown][] {
  return entriesOf(dictWith('items', x));
}

/** `x.values()`. @throws PythonError, an AttributeError, for what is no dictionary */
export function values(x: unknown): Iterable<unknown> {
  const dict = dictWith('values', x);
  return dict instanceof Map ? (dict as Map<unknown, unknown>).values() : Object.values(dict);
}

/** `x.get(key, absent)`. @throws PythonError, an AttributeError, for what is no dictionary */
export function get(x: unknown, key: unknown, absent?: unknown): unknown {
  const dict = dictWith('get', x);
  if (!has(dict, key)) return absent;
  return dict instanceof Map ? dict.get(key) : dict[key as string];
}

/** `key in dict`. */
export function has(dict: AnyDict, key: unknown): boolean {
  return dict instanceof Map ? dict.has(key) : typeof key === 'string' && Object.hasOwn(dict, key);
}

/** `x.setdefault(key, value)`. @throws PythonError, an AttributeError, for what is no dictionary */
export function setdefault(x: unknown, key: unknown, value: unknown): void {
  const dict = dictWith('setdefault', x);
  if (!has(dict, key)) put(dict, key, value);
}

/** `dict[key] = value`. */
export function put(dict: AnyDict, key: unknown, value: unknown): void {
  if (dict instanceof Map) dict.set(key, value);
  else dict[key as string] = value;
}

/**
 * Python's dictionaries in JavaScript: an object where every key is a text that no index looks like, else a Map
 * (clause GRP-12).
 */
import { KeyError, PythonError, TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { index_tensor, NO_INDEX } from './tensor-index.ts';
import { repr } from './text/repr.ts';
import type { Version } from './versions.ts';

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

/** `container[key]`. @throws KeyError when the key is absent, TypeError where there are no keys, IndexError for a tensor */
export function item(container: unknown, key: unknown, version: Version): unknown {
  // Steps look options up all the time; what an object has needs no further question.
  if (typeof key === 'string' && isPlain(container) && Object.hasOwn(container, key)) return container[key];
  if (container instanceof DefaultDict) return container.get(key);
  if (container instanceof Tensor) index_tensor(container, key, version);
  if (!isDict(container)) throw new TypeError(noKeys(container, key));
  if (!has(container, key)) throw new KeyError(repr(key));
  return get(container, key);
}

/** `container[key] = value`. @throws TypeError where there are no keys, IndexError for a tensor */
export function assign(container: unknown, key: string, value: unknown, version: Version): void {
  if (container instanceof Tensor) index_tensor(container, key, version);
  if (isDict(container)) return put(container, key, value);
  if (Array.isArray(container) && !Object.isFrozen(container)) throw new TypeError(noKeys(container, key));
  throw new TypeError(`'${typeName(container)}' object does not support item assignment`);
}

function put(dict: AnyDict, key: unknown, value: unknown): void {
  if (dict instanceof Map) dict.set(key, value);
  else dict[key as string] = value;
}

/** `len(x)`. @throws TypeError for what has no length (clause LSD-21) */
export function len(x: unknown): number {
  if (Array.isArray(x) || typeof x === 'string') return x.length;
  if (x instanceof Set || x instanceof Map) return x.size;
  if (isDict(x)) return Object.keys(x).length;
  if (!(x instanceof Tensor)) throw new TypeError(`object of type '${typeName(x)}' has no len()`);
  if (x.shape.length === 0) throw new TypeError('len() of a 0-d tensor');
  return x.shape[0]!;
}

/** Why something has no such key (clauses LSD-21, RPR-17). */
function noKeys(container: unknown, key: unknown): string {
  const isSequence = typeof container === 'string' || Array.isArray(container);
  if (isSequence && key instanceof Tensor) return NO_INDEX;
  if (typeof container === 'string') return `string indices must be integers, not '${typeName(key)}'`;
  if (Array.isArray(container))
    return `${typeName(container)} indices must be integers or slices, not ${typeName(key)}`;
  return `'${typeName(container)}' object is not subscriptable`;
}

/** A value as the dictionary whose method is called. @throws PythonError, an AttributeError, for what is no dictionary */
function dictWith(method: string, x: unknown): AnyDict {
  if (isDict(x)) return x;
  throw new PythonError('AttributeError', `'${typeName(x)}' object has no attribute '${method}'`);
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

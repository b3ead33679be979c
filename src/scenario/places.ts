/**
 * Places in a port's objects: reading and editing what attributes, keys and indices lead to.
 */
import { typeName } from '../python/type-name.ts';
import { AdapterError } from './adapter-error.ts';
import type { Edit, Value } from './types.ts';

/** What the values of a place stand for. */
export interface Decoding {
  /** The scenario's tensor of a name. */
  readonly named: (name: string) => unknown;
  readonly decode: (value: Value) => unknown;
}

/** What a scenario observes as Python's exception of a type. */
function thrown(type: string, message: string): Error {
  return Object.assign(new Error(message), { name: type });
}

/** What attributes, keys and indices lead to from an object. @throws KeyError, IndexError or AttributeError where there is no such */
export function within(start: unknown, keys: readonly (string | number)[], decoding: Decoding): unknown {
  return keys.reduce((at, key) => (isAttribute(at, key) ? attribute(at, key) : entry(at, key, decoding)), start);
}

/** What a key leads to. @throws KeyError when there is no such key, IndexError behind the end of a list */
function entry(container: unknown, key: string | number, { named }: Decoding): unknown {
  const at = typeof key === 'string' && key.startsWith('$') ? named(key.slice(1)) : key;
  if (Array.isArray(container)) return container[position(container, key, '')];
  const found = container instanceof Map ? (container.get(at) as unknown) : record(container)[key];
  if (found === undefined) throw absent(key);
  return found;
}

/** Sets, deletes or renames the entry of a dictionary or array, or sets an attribute. */
export function edit(start: unknown, { at, value, rename, ...what }: Edit, decoding: Decoding): void {
  const container = within(start, at.slice(0, -1), decoding);
  const last = at.at(-1)!;
  const key = typeof last === 'string' && last.startsWith('$') ? decoding.named(last.slice(1)) : last;
  if (what.delete) remove(container, key as string | number);
  else if (rename !== undefined) renameKey(container, key, rename);
  else if (container instanceof Map) container.set(key, decoding.decode(value!));
  else if (Array.isArray(container)) container[position(container, last, ' assignment')] = decoding.decode(value!);
  else record(container, last)[key as string] = decoding.decode(value!);
}

function remove(container: unknown, key: string | number): void {
  if (Array.isArray(container)) return void container.splice(position(container, key, ' assignment'), 1);
  const there = container instanceof Map ? container.has(key) : key in record(container);
  if (!there) throw absent(key);
  if (container instanceof Map) container.delete(key);
  else delete record(container)[key];
}

/** An attribute of an optimizer, tensor or handle, or of what has no keys; of a dictionary or array, keys are looked up. */
function isAttribute(at: unknown, key: string | number): key is string {
  if (typeof key !== 'string' || at instanceof Map || Array.isArray(at)) return false;
  return typeof at !== 'object' || at === null || Object.getPrototypeOf(at) !== Object.prototype;
}

/** @throws AttributeError, as Python has it, when there is none of the name */
function attribute(of: unknown, name: string): unknown {
  const found = of === null || of === undefined ? undefined : (of as Record<string, unknown>)[name];
  if (found !== undefined) return found;
  throw noAttribute(of, name);
}

function noAttribute(of: unknown, name: string): Error {
  return thrown('AttributeError', `'${typeName(of)}' object has no attribute '${name}'`);
}

/** Where an index of a list or tuple is, which counts from the end where it is negative. @throws IndexError or TypeError */
function position(list: readonly unknown[], key: string | number, doing: string): number {
  if (typeof key === 'string')
    throw thrown('TypeError', `${typeName(list)} indices must be integers or slices, not str`);
  const at = key < 0 ? list.length + key : key;
  if (!(at in list)) throw thrown('IndexError', `${typeName(list)}${doing} index out of range`);
  return at;
}

function absent(key: string | number): Error {
  return thrown('KeyError', typeof key === 'string' ? `'${key}'` : String(key));
}

/** In place, so that the order of the keys stays. */
function renameKey(container: unknown, key: unknown, to: string | number): void {
  if (container instanceof Map) {
    const entries = [...(container as Map<unknown, unknown>)].map(([k, v]) => [k === key ? to : k, v] as const);
    container.clear();
    for (const [k, v] of entries) container.set(k, v);
    return;
  }
  const object = record(container);
  const entries = Object.entries(object);
  for (const [k] of entries) delete object[k];
  for (const [k, v] of entries) object[k === key ? String(to) : k] = v;
}

/** @throws AttributeError where nothing can be set, as Python words it for a name */
function record(container: unknown, name?: string | number): Record<string | number, unknown> {
  if ((typeof container !== 'object' || container === null) && typeof name === 'string')
    throw noAttribute(container, name);
  if (typeof container !== 'object' || container === null)
    throw new AdapterError(`cannot look into ${String(container)}`);
  return container as Record<string | number, unknown>;
}

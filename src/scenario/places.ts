/**
 * Places in a port's objects: reading and editing what attributes, keys and indices lead to.
 */
import { AdapterError } from './adapter-error.ts';
import { decode } from './encoding.ts';
import type { Edit } from './types.ts';

type Named = (name: string) => unknown;

/** What a scenario observes as Python's KeyError. */
class KeyError extends Error {
  override readonly name: string = 'KeyError';
}

/** What a key leads to. @throws KeyError when there is no such key */
export function entry(container: unknown, key: string | number, named: Named): unknown {
  const at = typeof key === 'string' && key.startsWith('$') ? named(key.slice(1)) : key;
  const found = container instanceof Map ? (container.get(at) as unknown) : record(container)[key];
  if (found === undefined) throw new KeyError(typeof key === 'string' ? `'${key}'` : String(key));
  return found;
}

/** Sets, deletes or renames the entry of a dictionary or array. */
export function edit(container: unknown, { at, value, rename, ...what }: Edit, named: Named): void {
  const last = at.at(-1)!;
  const key = typeof last === 'string' && last.startsWith('$') ? named(last.slice(1)) : last;
  if (what.delete) remove(container, key);
  else if (rename !== undefined) renameKey(container, key, rename);
  else if (container instanceof Map) container.set(key, decode(value!, named));
  else record(container)[key as string] = decode(value!, named);
}

function remove(container: unknown, key: unknown): void {
  const there = container instanceof Map ? container.has(key) : (key as string) in record(container);
  if (!there) throw new KeyError(typeof key === 'string' ? `'${key}'` : String(key));
  if (container instanceof Map) container.delete(key);
  else if (Array.isArray(container)) container.splice(key as number, 1);
  else delete record(container)[key as string];
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

function record(container: unknown): Record<string | number, unknown> {
  if (typeof container !== 'object' || container === null)
    throw new AdapterError(`cannot look into ${String(container)}`);
  return container as Record<string | number, unknown>;
}

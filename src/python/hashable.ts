/**
 * Python's equality of dictionary keys: numbers and texts by value, tuples by their items, everything else by identity (clause
 * LSD-20).
 */
import { TypeError } from './errors.ts';
import { typeName } from './type-name.ts';
import { isDict } from './dict.ts';
import { isTuple } from './tuple.ts';

/**
 * What a Map can tell keys apart by as Python does.
 *
 * @throws TypeError for a list, a dictionary or a set
 */
export function hashed(key: unknown): unknown {
  if (isTuple(key)) return tuples(key.map(hashed));
  if (Array.isArray(key) || key instanceof Set || isDict(key))
    throw new TypeError(`unhashable type: '${typeName(key)}'`);
  return key;
}

interface Branch {
  readonly branches: Map<unknown, Branch>;
}

const root: Branch = { branches: new Map() };

/** One object for all tuples of the same items. */
function tuples(items: readonly unknown[]): Branch {
  let at = root;
  for (const item of [items.length, ...items]) {
    if (!at.branches.has(item)) at.branches.set(item, { branches: new Map() });
    at = at.branches.get(item)!;
  }
  return at;
}

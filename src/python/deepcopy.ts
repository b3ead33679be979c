/**
 * Python's `copy.deepcopy` of what optimizers hold.
 */
import { answers } from './protocol.ts';
import { isTuple } from './tuple.ts';

/**
 * A deep copy: an object that stands twice in the value stands twice in the copy, also within itself.
 *
 * @throws what `__deepcopy__` throws
 */
export function deepcopy<T>(value: T): T {
  const copies = new Map<unknown, unknown>();
  const copy = <V>(x: V): V => {
    if (typeof x !== 'object' || x === null) return x;
    if (!copies.has(x))
      copies.set(
        x,
        make(x, (copied) => copies.set(x, copied)),
      );
    return copies.get(x) as V;
  };
  const make = (x: object, is: (copied: unknown) => void): unknown => {
    if (answers(x, '__deepcopy__')) return x.__deepcopy__(copy, is);
    if (isTuple(x)) return copyTuple(x, copy);
    if (Array.isArray(x)) return filled([] as unknown[], is, (made) => x.forEach((item) => made.push(copy(item))));
    if (x instanceof Set) return filled(new Set(), is, (made) => x.forEach((item) => made.add(copy(item))));
    if (x instanceof Map)
      return filled(new (x.constructor as MapConstructor)(), is, (made) =>
        x.forEach((item, key) => made.set(copy(key), copy(item))),
      );
    return filled(Object.create(Object.getPrototypeOf(x) as object | null) as Record<string, unknown>, is, (made) => {
      for (const [key, item] of Object.entries(x)) made[key] = copy(item);
    });
  };
  return copy(value);
}

/** What holds itself finds its copy while that is being filled. */
function filled<T>(made: T, is: (copied: unknown) => void, fill: (made: T) => void): T {
  is(made);
  fill(made);
  return made;
}

/** A tuple of which nothing needed a copy needs none (clause RPR-6). */
function copyTuple(items: readonly unknown[], copy: <V>(x: V) => V): readonly unknown[] {
  const copied = items.map(copy);
  return copied.every((item, i) => Object.is(item, items[i])) ? items : Object.freeze(copied);
}

/**
 * Python's attributes of objects.
 */
import { ValueError } from './errors.ts';
import { entriesOf, isDict } from './dict.ts';
import { iterate, list } from './iterate.ts';
import { noAttribute } from './no-attribute.ts';

/** `getattr(x, name)`. @throws PythonError, an AttributeError, when there is none of the name (clause RPR-17) */
export function getattr(x: unknown, name: string): unknown {
  const isObject = typeof x === 'object' && x !== null && !(x instanceof Map);
  if (isObject && Object.getPrototypeOf(x) !== Object.prototype && name in x)
    return (x as Record<string, unknown>)[name];
  throw noAttribute(x, name);
}

/** `x.append(item)`. @throws PythonError, an AttributeError, for what is no list (clause RPR-17) */
export function append(x: unknown, item: unknown): void {
  if (!Array.isArray(x) || Object.isFrozen(x)) throw noAttribute(x, 'append');
  x.push(item);
}

/**
 * `x.__dict__.update(given)`: sets attributes, those before what is refused included.
 *
 * @param given a dictionary, or what can be gone through for pairs
 * @throws TypeError for what cannot be gone through, ValueError for what is no pair (clause RPR-13)
 */
export function updateAttributes(x: object, given: unknown): void {
  const set = (name: unknown, value: unknown): void => void ((x as Record<string, unknown>)[String(name)] = value);
  if (isDict(given)) for (const [name, value] of entriesOf(given)) set(name, value);
  else {
    let i = 0;
    for (const pair of iterate(given)) {
      const items = list(pair);
      if (items.length !== 2)
        throw new ValueError(`dictionary update sequence element #${i} has length ${items.length}; 2 is required`);
      set(items[0], items[1]);
      i += 1;
    }
  }
}

/**
 * Python's attributes of objects.
 */
import { TypeError } from './errors.ts';
import { entriesOf, isDict } from './dict.ts';
import { noAttribute } from './no-attribute.ts';
import { typeName } from './type-name.ts';

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

/** `x.__dict__.update(given)`. @throws TypeError for what is no dictionary (clause RPR-13) */
export function updateAttributes(x: object, given: unknown): void {
  if (!isDict(given)) throw new TypeError(`'${typeName(given)}' object is not iterable`);
  for (const [name, value] of entriesOf(given)) (x as Record<string, unknown>)[String(name)] = value;
}

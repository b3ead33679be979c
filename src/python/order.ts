/**
 * Python's order of values.
 */
import { TypeError } from './errors.ts';
import { typeName } from './type-name.ts';
import { isReal } from './numbers.ts';
import { isTuple } from './tuple.ts';

/** `sorted(values)`. @throws TypeError when two that are compared have no order */
export function sorted<T>(values: readonly T[]): T[] {
  // Both languages sort alike: it is always the later value that is asked whether it is less.
  return [...values].sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
}

/** `a < b`: of numbers and booleans by value, of texts by code points, of tuples by the first items that differ. */
function less(a: unknown, b: unknown): boolean {
  if (isReal(a) && isReal(b)) return a < b;
  if (typeof a === 'string' && typeof b === 'string') return lessText([...a], [...b]);
  if (isTuple(a) && isTuple(b)) {
    const differing = a.findIndex((item, i) => i >= b.length || item !== b[i]);
    if (differing < 0) return a.length < b.length;
    return differing < b.length && less(a[differing], b[differing]);
  }
  throw new TypeError(`'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function lessText(a: readonly string[], b: readonly string[]): boolean {
  const differing = a.findIndex((character, i) => character !== b[i]);
  if (differing < 0) return a.length < b.length;
  return differing < b.length && a[differing]!.codePointAt(0)! < b[differing]!.codePointAt(0)!;
}

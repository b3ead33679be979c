/**
 * Python's truth of values.
 */
import { len } from './length.ts';
import { isDict } from './dict.ts';
import { answers } from './protocol.ts';

/**
 * `bool(x)`: of numbers whether they are not zero, of containers whether they hold anything, else what the object says.
 *
 * @throws what `__bool__` throws
 */
export function bool(x: unknown): boolean {
  if (typeof x === 'boolean') return x;
  if (typeof x === 'number') return x !== 0;
  if (answers(x, '__bool__')) return x.__bool__();
  if (Array.isArray(x) || x instanceof Set || isDict(x)) return len(x) > 0;
  return Boolean(x);
}

/**
 * Python's `in`, of what can be an id (clause LSD-23).
 */
import { hashed } from './hashable.ts';
import { list } from './iterate.ts';

/** `x in container`. @throws TypeError for what cannot be gone through, and for items that cannot be keys */
export function contains(container: unknown, x: unknown): boolean {
  const key = hashed(x);
  return list(container).some((item) => hashed(item) === key);
}

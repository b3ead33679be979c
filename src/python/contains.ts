/**
 * Python's `in`, of numbers, texts, None and tuples (clause LSD-23).
 */
import { TypeError } from './errors.ts';
import { hashed } from './hashable.ts';
import { list } from './iterate.ts';
import { isReal } from './numbers.ts';
import { answers } from './protocol.ts';
import { typeName } from './type-name.ts';

/**
 * `x in container`: of a text whether it is part of it, of an object what it says, else whether an item is equal.
 *
 * @throws TypeError for what cannot be part of a text, and what `__contains__` and the `__eq__` of items throw
 */
export function contains(container: unknown, x: unknown): boolean {
  if (typeof container === 'string') {
    if (typeof x === 'string') return container.includes(x);
    throw new TypeError(`'in <string>' requires string as left operand, not ${typeName(x)}`);
  }
  if (answers(container, '__contains__')) return container.__contains__(x);
  const key = hashed(x);
  return list(container).some((item) => (answers(item, '__eq__') && isReal(x) ? item.__eq__(x) : hashed(item) === key));
}

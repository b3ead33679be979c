/**
 * Python's `x.__dict__.update(given)`.
 */
import { ValueError } from '../tensor/errors.ts';
import { entriesOf, isDict } from './dict.ts';
import { iterate, list } from './iterate.ts';

/**
 * Sets attributes, those before what is refused included.
 *
 * @param given a dictionary, or what can be gone through for pairs
 * @throws TypeError for what cannot be gone through, ValueError for what is no pair (clause RPR-13)
 */
export function update(x: object, given: unknown): void {
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

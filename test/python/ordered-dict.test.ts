/**
 * Ordered dictionaries that change while they are run. Expected values were seen in Python 3.11.
 */
import { expect, test } from 'vitest';
import { OrderedDict } from '../../src/python/ordered-dict.ts';

/** Runs through the values 0, 1 and 2 and changes the dictionary at one of them. */
function run(at: number, change: (dict: OrderedDict<number, number>) => void): readonly number[] | string {
  const dict = new OrderedDict([0, 1, 2].map((x) => [x, x] as const));
  const seen: number[] = [];
  try {
    for (const x of dict.values()) {
      seen.push(x);
      if (x === at) change(dict);
    }
    return seen;
  } catch (error) {
    return `${seen.join(' ')}: ${(error as Error).message}`;
  }
}

const MUTATED = 'OrderedDict mutated during iteration';

test.each<readonly [string, (dict: OrderedDict<number, number>) => void, readonly (readonly number[] | string)[]]>([
  ['delete', (dict) => dict.delete(0), [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]]],
  ['add', (dict) => dict.set(3, 3), [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]]],
  [
    'move to the front',
    (dict) => dict.move_to_end(2, { last: false }),
    [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]],
  ],
  [
    'set',
    (dict) => dict.set(2, 22),
    [
      [0, 1, 22],
      [0, 1, 22],
      [0, 1, 2],
    ],
  ],
])('an ordered dictionary notices a change while it is run: %s (HKS-15)', (_name, change, expected) => {
  expect([0, 1, 2].map((at) => run(at, change))).toEqual(expected);
});

test('an entry that is moved to the front comes first, the others stay in order', () => {
  const dict = new OrderedDict([0, 1, 2].map((x) => [x, x] as const));
  dict.move_to_end(2, { last: false });
  expect([...dict.keys()]).toEqual([2, 0, 1]);
});

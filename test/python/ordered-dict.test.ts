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
  [
    'clear',
    (dict) => dict.clear(),
    [...['0', '0 1'].map((seen) => `${seen}: OrderedDict changed size during iteration`), [0, 1, 2]],
  ],
  [
    'clear and fill',
    (dict) => [dict.clear(), [0, 1, 2].map((x) => dict.set(x, x))],
    [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]],
  ],
  ['move to the end', (dict) => dict.move_to_end(0), [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]]],
  [
    'move where it is',
    (dict) => dict.move_to_end(0, { last: false }),
    [
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ],
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

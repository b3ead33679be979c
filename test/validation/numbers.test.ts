import { expect, test } from 'vitest';
import { treeFromJSON } from '../../src/state-dict/json.ts';
import type { TensorNode } from '../../src/state-dict/node.ts';
import { look } from '../../src/validation/numbers.ts';

/** Lists as JSON has them, and what is seen of each: zeros, NaNs, infinities, negatives, least and most. */
const LISTS: readonly [number[], 'float32' | 'float64', number[]][] = [
  [[1, 0.5, 2], 'float32', [0, 0, 0, 0, 0.5, 2]],
  [[0.1], 'float32', [0, 0, 0, 0, Math.fround(0.1), Math.fround(0.1)]],
  [[0.1], 'float64', [0, 0, 0, 0, 0.1, 0.1]],
  [[1, 1e-50], 'float32', [1, 0, 0, 0, 0, 1]],
  [[1, 1e-50], 'float64', [0, 0, 0, 0, 1e-50, 1]],
  [[1, 1e39, -1e39], 'float32', [0, 0, 2, 1, -Infinity, Infinity]],
  [[1, 1e39], 'float64', [0, 0, 0, 0, 1, 1e39]],
  [[0, -1, -0], 'float32', [2, 0, 0, 1, -1, 0]],
  [[], 'float32', [0, 0, 0, 0, Infinity, -Infinity]],
];

test.each(LISTS)('look() at %j of %s, before and after its bytes were asked for', (data, dtype, expected) => {
  const tensor = treeFromJSON({ dtype, shape: [data.length], data }) as TensorNode;
  for (const numbers of [data, undefined]) {
    expect(tensor.storage.numbers).toBe(numbers);
    const { count, zeros, nans, infinities, negatives, least, most } = look(tensor);
    expect(count).toBe(data.length);
    expect([zeros, nans, infinities, negatives, least, most].map((x) => x + 0)).toEqual(expected);
    void tensor.storage.bytes;
  }
});

test('look() counts NaN, which has no bounds', () => {
  const tensor = treeFromJSON({ dtype: 'float32', shape: [3], data: ['NaN', 2, '-0'] }) as TensorNode;
  expect(look(tensor)).toEqual({ count: 3, zeros: 1, nans: 1, infinities: 0, negatives: 0, least: -0, most: 2 });
});

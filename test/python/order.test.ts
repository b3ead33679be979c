import { describe, expect, test } from 'vitest';
import { sorted } from '../../src/python/order.ts';
import { tuple } from '../../src/python/tuple.ts';

describe('sorted', () => {
  test('puts numbers and booleans by value, tuples by their first difference', () => {
    expect(sorted([3, true, 0.5, -1])).toEqual([-1, 0.5, true, 3]);
    const tuples = [tuple(1, 'b'), tuple(1), tuple(), tuple(1, 'a', 0), tuple(0, 'z')];
    expect(sorted(tuples)).toEqual([tuple(), tuple(0, 'z'), tuple(1), tuple(1, 'a', 0), tuple(1, 'b')]);
  });

  test('does not compare the items that tuples share', () => {
    expect(sorted([tuple(null, 2), tuple(null, 1)])).toEqual([tuple(null, 1), tuple(null, 2)]);
    expect(() => sorted([tuple(1, 2), tuple('a', 1)])).toThrow("between instances of 'str' and 'int'");
  });
});

import { describe, expect, test } from 'vitest';
import { alike, matches, shareOf } from '../../../src/conformance/diagnosis/agreement.ts';

test('numbers are alike up to a few roundings of float32; NaN is alike NaN alone, and infinity itself', () => {
  expect(alike(1, 1 + 4e-6)).toBe(true);
  expect(alike(1, 1 + 4e-5)).toBe(false);
  expect(alike(Number.NaN, Number.NaN)).toBe(true);
  expect(alike(Number.NaN, Infinity)).toBe(false);
  expect(alike(Infinity, -Infinity)).toBe(false);
  expect(alike(5, Infinity)).toBe(false);
  expect(alike(0, -0)).toBe(true);
});

test('a hole of the port is not counted, a hole of the rule is a number that it has not', () => {
  expect(matches([1, undefined, 3], [1, 2, undefined])).toEqual({ matched: 1, of: 2 });
});

describe('the share of a rule', () => {
  test('is of the numbers in which port or rule differ from the reference by more than rounding', () => {
    // The same; off and explained; off and not; right, but the rule is off.
    const share = shareOf([1, 2, 3, 4], [1, 1, 1, 4], [1, 2, 9, 5]);
    expect(share).toMatchObject({ informative: 3, explained: 1, exact: 2 });
  });

  test('takes a rule that is far nearer than the reference for one that explains', () => {
    expect(shareOf([2], [1], [1.97])).toMatchObject({ informative: 1, explained: 1, exact: 0 });
    expect(shareOf([2], [1], [1.9])).toMatchObject({ informative: 1, explained: 0 });
  });

  test('takes nothing for near to an infinity', () => {
    expect(shareOf([1], [Infinity], [5])).toMatchObject({ informative: 1, explained: 0 });
    expect(shareOf([1], [Infinity], [1])).toMatchObject({ informative: 1, explained: 1 });
    expect(shareOf([Infinity], [3], [-Infinity])).toMatchObject({ informative: 1, explained: 0 });
  });

  test('counts who is nearer where nothing but rounding differs', () => {
    const ulp = 1e-7;
    expect(shareOf([1, 1, 1], [1 + ulp, 1 + 2 * ulp, 1], [1, 1 + ulp, 1])).toEqual({
      ...{ informative: 0, explained: 0, exact: 2, differing: 2, nearer: 2 },
    });
  });
});

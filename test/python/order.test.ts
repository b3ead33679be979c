import { expect, test } from 'vitest';
import { sorted } from '../../src/python/order.ts';

test('sorted puts texts by code points, shorter ones first', () => {
  expect(sorted(['lr', 'alpha', 'l', '', 'lr'])).toEqual(['', 'alpha', 'l', 'lr', 'lr']);
  // JavaScript's own order has the half of a pair, U+D83D, before U+FF41.
  expect(sorted(['\u{1f600}', '\uff41'])).toEqual(['\uff41', '\u{1f600}']);
});

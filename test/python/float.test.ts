import { expect, test } from 'vitest';
import { toFloat } from '../../src/python/float.ts';

test('toFloat of a number is the number, of a boolean 0 or 1', () => {
  expect([toFloat(2.5), toFloat(true), toFloat(false)]).toEqual([2.5, 1, 0]);
});

test('toFloat of anything else is refused', () => {
  expect(() => toFloat([1])).toThrow("float() argument must be a string or a real number, not 'list'");
  expect(() => toFloat('1.5')).toThrow("could not convert string to float: '1.5'");
});

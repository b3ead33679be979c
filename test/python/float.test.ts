import { describe, expect, test } from 'vitest';
import { toFloat } from '../../src/python/float.ts';

describe('toFloat', () => {
  test('of a number is the number, of a boolean 0 or 1', () => {
    expect([toFloat(2.5), toFloat(true), toFloat(false)]).toEqual([2.5, 1, 0]);
  });

  test('of a digit of any script is its value', () => {
    for (const zero of ['\u0660', '\u0966', '\uff10', '\u{1d7ce}', '\u{1d7d8}', '\u{1d7f6}'])
      for (let i = 0; i < 10; i++) expect(toFloat(String.fromCodePoint(zero.codePointAt(0)! + i))).toBe(i);
  });

  test('of what is neither is refused', () => {
    expect(() => toFloat([1])).toThrow("float() argument must be a string or a real number, not 'list'");
    expect(() => toFloat('\ud800')).toThrow("could not convert string to float: '\\ud800'");
  });
});

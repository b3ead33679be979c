/**
 * Texts of values that JavaScript has and a scenario has not.
 */
import { describe, expect, test } from 'vitest';
import { repr } from '../../../src/python/text/repr.ts';
import { tuple } from '../../../src/python/tuple.ts';

describe('repr', () => {
  test('of a function is its name, of an integer its digits, of an object its text', () => {
    expect(repr(function hook() {})).toBe('<function hook at 0x0>');
    expect([() => 1].map(repr)).toEqual(['<function <lambda> at 0x0>']);
    expect(repr(2n ** 70n)).toBe('1180591620717411303424');
    expect(
      repr([
        new (class {
          toString(): string {
            return 'RMSprop ()';
          }
        })(),
      ]),
    ).toBe('[RMSprop ()]');
  });

  test('of an object with integers as keys has them as integers', () => {
    expect(repr({ b: 1, 10: 2, 9: 3 })).toBe("{9: 3, 10: 2, 'b': 1}");
    expect(repr(Object.assign(Object.create(null) as object, { a: null }))).toBe("{'a': None}");
  });

  test('of a container that holds itself stops there', () => {
    const list: unknown[] = [1];
    list.push(list, tuple(list));
    expect(repr(list)).toBe('[1, [...], ([...],)]');
    const dict: Record<string, unknown> = { twice: [[], []] };
    dict['self'] = dict;
    expect(repr(dict)).toBe("{'twice': [[], []], 'self': {...}}");
  });

  test('of half a surrogate pair is escaped', () => {
    expect(repr('\ud800x')).toBe("'\\ud800x'");
  });
});

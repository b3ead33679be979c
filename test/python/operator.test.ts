/**
 * Operators and built-in functions on values that are no objects. What is expected was seen in Python 3.11.
 */
import { describe, expect, test } from 'vitest';
import { getattr, append, updateAttributes } from '../../src/python/attributes.ts';
import { item, assign } from '../../src/python/item.ts';
import { iterate } from '../../src/python/iterate.ts';
import { len } from '../../src/python/length.ts';
import { gt, increment, le, ne, neg, sub } from '../../src/python/operator.ts';
import { bool } from '../../src/python/truth.ts';
import { tuple } from '../../src/python/tuple.ts';
import { typeText } from '../../src/python/type-name.ts';

test('numbers and booleans have an order and a sign; an integral zero has none', () => {
  expect([gt(1, 0), gt(true, 0), gt(NaN, 0), le(0, false), le(0, NaN), ne(NaN, 0), ne(0, 0)]).toEqual([
    ...[true, true, false, true, false, true, false],
  ]);
  expect([neg(2), neg(true), sub(1, 0.25), sub(1, true), increment(2), increment(true)]).toEqual([
    -2, -1, 0.75, 0, 3, 2,
  ]);
  expect(Object.is(neg(0), 0)).toBe(true);
});

test.each([
  [() => gt('a', 0), "'>' not supported between instances of 'str' and 'int'"],
  [() => le(0, null), "'<=' not supported between instances of 'float' and 'NoneType'"],
  [() => neg([]), "bad operand type for unary -: 'list'"],
  [() => sub(1, tuple()), "unsupported operand type(s) for -: 'int' and 'tuple'"],
  [() => increment('a'), 'can only concatenate str (not "int") to str'],
  [() => increment([]), "'int' object is not iterable"],
  [() => increment(null), "unsupported operand type(s) for +=: 'NoneType' and 'int'"],
  [() => len(1), "object of type 'int' has no len()"],
  [() => iterate(0.5), "'float' object is not iterable"],
  [() => item(1, 'lr'), "'int' object is not subscriptable"],
  [() => item('text', 'lr'), "string indices must be integers, not 'str'"],
  [() => item([1], 'lr'), 'list indices must be integers or slices, not str'],
  [() => assign([1], 'lr', 2), 'list indices must be integers or slices, not str'],
  [() => updateAttributes({}, 1), "'int' object is not iterable"],
])('%s is refused: %s', (run, message) => {
  expect(run).toThrow(expect.objectContaining({ type: 'TypeError', message }));
});

test('a missing key is named as Python prints it, a missing attribute with its type', () => {
  expect(() => item({}, 'lr')).toThrow(expect.objectContaining({ type: 'KeyError', message: "'lr'" }));
  const absent = { type: 'AttributeError', message: "'dict' object has no attribute 'step'" };
  expect(() => getattr({ step: 1 }, 'step')).toThrow(expect.objectContaining(absent));
  expect(() => append(tuple(1), 2)).toThrow("'tuple' object has no attribute 'append'");
});

test('attributes are those of a dictionary', () => {
  const x: Record<string, unknown> = {};
  updateAttributes(x, { a: 1 });
  updateAttributes(x, new Map([['b', 2]]));
  expect(x).toEqual({ a: 1, b: 2 });
});

describe('bool', () => {
  test.each([
    [0, false],
    [NaN, true],
    ['', false],
    ['a', true],
    [null, false],
    [[], false],
    [tuple(0), true],
    [new Set(), false],
    [new Map([[1, 1]]), true],
    [{}, false],
    [{ a: 0 }, true],
    [() => 0, true],
  ])('of %o is %s', (x, truth) => {
    expect(bool(x)).toBe(truth);
  });
});

test('a class is named with its module where it says one of its own', () => {
  class Mine {
    static readonly __module__: string = 'torch.optim';
  }
  class Child extends Mine {}
  expect([new Mine(), new Child(), 1].map(typeText)).toEqual([
    ...["<class 'torch.optim.Mine'>", "<class 'Child'>", "<class 'int'>"],
  ]);
});

/**
 * What a program of golden/ cannot print: values that JavaScript has and a scenario has not, other devices, groups that are Maps.
 */
import { describe, expect, test } from 'vitest';
import { toFloat } from '../../src/python/float.ts';
import { sorted } from '../../src/python/order.ts';
import { optimizerText } from '../../src/optim/repr.ts';
import { repr, str } from '../../src/python/text/repr.ts';
import { tuple } from '../../src/python/tuple.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';

const init = { dtype: 'float32', shape: [2], data: Float32Array.of(1, -2.5) } as const;

describe('repr', () => {
  test('of a tensor on a GPU names the device first', () => {
    const tensor = new Parameter({ ...init, dtype: 'float64', data: Float64Array.of(1, -2.5), device: 'cuda:1' });
    expect(repr(tensor)).toBe(
      "Parameter containing:\ntensor([ 1.0000, -2.5000], device='cuda:1', dtype=torch.float64,\n       requires_grad=True)",
    );
  });

  test('of a leaf that is no Parameter, and of a Parameter that does not require grad', () => {
    expect(repr(new Tensor({ ...init, requires_grad: true }))).toBe('tensor([ 1.0000, -2.5000], requires_grad=True)');
    expect(repr(new Parameter({ ...init, requires_grad: false }))).toBe(
      'Parameter containing:\ntensor([ 1.0000, -2.5000])',
    );
  });

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

test('str of a number tensor on a GPU is the number', () => {
  expect(str(new Tensor({ ...init, shape: [], data: Float32Array.of(0.5), device: 'cuda:0' }))).toBe('0.5');
});

describe('the text of groups that are Maps', () => {
  const group = (...keys: readonly unknown[]): Map<unknown, unknown> => new Map(keys.map((key) => [key, 1]));
  const text = (...keys: readonly unknown[]): string => optimizerText('RMSprop', [group(...keys)]);

  test.each([
    [['params', 5], 'int', 'str'],
    [[5, 'params'], 'str', 'int'],
    [['params', 0.5], 'float', 'str'],
    [['params', 'lr', null], 'NoneType', 'str'],
    [[null, 'params'], 'str', 'NoneType'],
    [['params', true, tuple(1)], 'bool', 'str'],
    [[tuple('a'), 'params', 5], 'str', 'tuple'],
    [['params', new Tensor(init)], 'Tensor', 'str'],
  ])('%o have no order', (keys, type, other) => {
    expect(() => text(...keys)).toThrow(`'<' not supported between instances of '${type}' and '${other}'`);
  });

  test('a single key needs none', () => {
    expect(text(null)).toBe('RMSprop (\nParameter Group 0\n    None: 1\n)');
  });
});

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

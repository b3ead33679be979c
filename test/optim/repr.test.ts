/**
 * The text of an optimizer whose groups are Maps, which no program of golden/ can make.
 */
import { describe, expect, test } from 'vitest';
import { optimizerText } from '../../src/optim/repr.ts';
import { tuple } from '../../src/python/tuple.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const init = { dtype: 'float32', shape: [2], data: Float32Array.of(1, -2.5) } as const;

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

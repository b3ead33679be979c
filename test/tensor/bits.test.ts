import { describe, expect, test } from 'vitest';
import { fromBits, toBits } from '../../src/tensor/bits.ts';

const INTEGERS: readonly (readonly [number, string])[] = [
  [0, '0000000000000000'],
  [1, '0000000000000001'],
  [-1, 'ffffffffffffffff'],
  [2 ** 53, '0020000000000000'],
  [-(2 ** 53), 'ffe0000000000000'],
];

describe('integers are 16 digits in two’s complement', () => {
  test.each(INTEGERS)('%d is %s', (x, bits) => {
    expect(toBits(Float64Array.of(x), 'int64')).toBe(bits);
    expect(fromBits('int64', bits)).toEqual(Float64Array.of(x));
  });

  test('there is one zero', () => {
    expect(toBits(Float64Array.of(-0), 'int64')).toBe('0000000000000000');
  });

  test.each([
    ['0020000000000001', '9007199254740993'],
    ['8000000000000000', '-9223372036854775808'],
  ])('%s is refused: a double does not hold it', (bits, x) => {
    const message = `element 1: expected an integer of at most 2^53 in magnitude, got ${x}`;
    expect(() => fromBits('int64', `0000000000000001 ${bits}`)).toThrow(new RangeError(message));
  });
});

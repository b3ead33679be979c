/**
 * Half types: every one of the 65,536 patterns is an element and comes back, and what lies between two goes to the nearer, a tie to
 * the even pattern.
 */
import { describe, expect, it } from 'vitest';
import { dtypeInfo, type HalfDType, half_dtypes } from '../../src/tensor/dtype.ts';
import { fromHalfBits, halfBits, smallFloat, toBfloat16, toFloat16 } from '../../src/tensor/half.ts';

const ALL = Array.from({ length: 2 ** 16 }, (_, bits) => bits);

describe.each(half_dtypes)('%s', (dtype) => {
  const { round, max } = dtypeInfo(dtype);
  const infinite = halfBits(dtype, Infinity);

  it('has every pattern as an element, which rounding leaves alone', () => {
    const wrong = ALL.filter((bits) => {
      const x = fromHalfBits(dtype, bits);
      return Number.isNaN(x) ? !Number.isNaN(round(x)) : halfBits(dtype, x) !== bits || !Object.is(round(x), x);
    });
    expect(wrong).toEqual([]);
    expect(ALL.filter((bits) => Number.isNaN(fromHalfBits(dtype, bits)))).toHaveLength(2 * (2 ** 15 - infinite - 1));
  });

  it('rounds what lies between two elements to the nearer, and the middle to the even one', () => {
    const wrong = ALL.slice(0, infinite - 1).filter((bits) => {
      const [low, high] = [fromHalfBits(dtype, bits), fromHalfBits(dtype, bits + 1)];
      // A float32 has bits enough for the middle, but below its own smallest numbers.
      const middle = (low + high) / 2;
      if (Math.fround(middle) !== middle) return false;
      const even = bits % 2 === 0 ? low : high;
      const sides = [-1, 1].map((side) => round(side * middle) === side * even);
      const step = (high - low) / 8;
      return !(sides.every(Boolean) && round(middle - step) === low && round(middle + step) === high);
    });
    expect(wrong).toEqual([]);
  });

  it('becomes infinite from half a step above its largest number on', () => {
    expect(round(max)).toBe(max);
    const step = max - fromHalfBits(dtype, infinite - 2);
    expect(round(max + step / 2)).toBe(Infinity);
    expect(round(-max - step / 2)).toBe(-Infinity);
    expect(round(max + step / 4)).toBe(max);
  });

  it('keeps the sign of a zero, and has one NaN', () => {
    expect([round(0), round(-0), round(-1e-60)].map((x) => Object.is(x, -0))).toEqual([false, true, true]);
    expect(halfBits(dtype, -NaN)).toBe(halfBits(dtype, NaN));
  });
});

it('rounds a double to float32 first, as PyTorch does', () => {
  // Just above the middle of two elements, and in float32 the middle itself.
  const x = 1 + 2 ** -8 + 2 ** -30;
  expect(toBfloat16(x)).toBe(1);
  const y = 1 + 2 ** -11 + 2 ** -30;
  expect(toFloat16(y)).toBe(1);
});

it.each([
  ['float16', 1, 0x3c00],
  ['float16', 65504, 0x7bff],
  ['float16', 2 ** -24, 0x0001],
  ['float16', -2, 0xc000],
  ['float16', 1e-8, 0],
  ['bfloat16', 1, 0x3f80],
  ['bfloat16', -2, 0xc000],
  ['bfloat16', 1e-8, 0x322c],
] as [HalfDType, number, number][])('of %s %d is %d', (dtype, x, bits) => {
  expect(halfBits(dtype, dtypeInfo(dtype).round(x))).toBe(bits);
});

it('reads floats of 8 bits, without infinities and with', () => {
  expect([0x7f, 0x7e, 0x38].map((bits) => smallFloat(bits, 4, 3, false))).toEqual([NaN, 448, 1]);
  expect([0x7c, 0x7b, 0x3c].map((bits) => smallFloat(bits, 5, 2, true))).toEqual([Infinity, 57344, 1]);
});

import { describe, expect, test } from 'vitest';
import { type Axis, valueOf } from '../../../src/conformance/diagnosis/axes/axis.ts';
import { AXES } from '../../../src/conformance/diagnosis/axes/table.ts';
import type { Rule } from '../../../src/conformance/diagnosis/rule.ts';
import { type Sought, solved } from '../../../src/conformance/diagnosis/solve.ts';

const lr = AXES.default_lr as Axis;
const family = lr.families[0]!;

/** Answers that are those of a function of lr. */
function sought(actual: readonly (number | undefined)[], answer: (x: number) => readonly number[]): Sought {
  const predicted = (rule: Rule): readonly number[] => answer(Number(rule.default_lr ?? 0.01));
  const score = (rule: Rule): number =>
    predicted(rule).filter((x, i) => Math.abs(x - (actual[i] ?? Number.NaN)) <= 1e-6 * Math.abs(x)).length;
  return { answers: [{ actual, predicted }], score };
}
const linear = (x: number): readonly number[] => [-x, 2 * x, -5 * x, 0];

describe('a number', () => {
  test('is read off, and written as an author would', () => {
    expect(solved({}, lr, family, sought(linear(0.0125).map(Math.fround), linear))).toEqual({ default_lr: '0.0125' });
    expect(solved({ eps: 'inside' }, lr, family, sought(linear(3e-5), linear))).toEqual({
      eps: 'inside',
      default_lr: '0.00003',
    });
  });

  test('is none where answers do not agree on it, or only one has it', () => {
    expect(solved({}, lr, family, sought([-0.2, 0.9, -0.3, 0], linear))).toBeUndefined();
    expect(solved({}, lr, family, sought([-0.2, 0.02, -0.05, 0], linear))).toBeUndefined();
    expect(solved({}, lr, family, sought([undefined, Number.NaN, 1, 0], linear))).toBeUndefined();
  });

  test('is none where the rule has every answer already', () => {
    expect(solved({}, lr, family, sought(linear(0.01), linear))).toBeUndefined();
  });
});

describe('a value of a family', () => {
  test('has the number of its name, whatever it is', () => {
    expect(valueOf(AXES.eps as Axis, 'fixed-0.3-inside').says).toBe(
      'has eps fixed at 0.3, inside the root, whatever is asked',
    );
    expect(valueOf(AXES.clip as Axis, 'value-7-late').part).toEqual({ by: 'quotient', at: 7 });
    expect(valueOf(lr, '1e-12').part).toBe(1e-12);
  });

  test('is none of a name that nothing has', () => {
    expect(() => valueOf(AXES.eps as Axis, 'fixed-')).toThrow('no value fixed- on this axis');
    expect(() => valueOf(AXES.eps as Axis, 'beside')).toThrow(RangeError);
  });
});

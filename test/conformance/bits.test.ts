/**
 * Bit patterns held against each other.
 */
import { describe, expect, test } from 'vitest';
import { compareBits } from '../../src/conformance/bits.ts';

const PLACE = { where: 'step 2, w', step: 2, tensor: 'w' };

const [ONE, TWO, NAN, OTHER_NAN, INF, ZERO, MINUS_ZERO] = [
  ...['3f800000', '40000000', '7fc00000', 'ff800001', '7f800000', '00000000', '80000000'],
] as [string, string, string, string, string, string, string];

/** Compares float32 elements of one dimension. */
function compared(expected: readonly string[], actual: readonly string[]): ReturnType<typeof compareBits> {
  return compareBits('float32', [expected.length], PLACE, expected.join(' '), actual.join(' '));
}

test('the same bits agree, and are counted', () => {
  expect(compared([ONE, TWO, ZERO], [ONE, TWO, ZERO])).toEqual({ compared: 3, differing: 0 });
  expect(compared([], [])).toEqual({ compared: 0, differing: 0 });
});

test('all that differ are counted, and the first is shown with its place, decimals and ulps', () => {
  expect(compared([ONE, ONE, ONE], [ONE, TWO, '3f800001'])).toEqual({
    compared: 3,
    differing: 2,
    first: {
      ...{ ...PLACE, where: 'step 2, w[1]', element: [1] },
      ...{ expected: `1 (${ONE})`, actual: `2 (${TWO})`, ulps: '8388608' },
    },
  });
});

test('an element of several dimensions is named by its indices in C order, one of none by no index', () => {
  const six = Array.from({ length: 6 }, () => ONE);
  const { first } = compareBits('float32', [2, 3], PLACE, six.join(' '), six.with(5, TWO).join(' '));
  expect(first).toMatchObject({ element: [1, 2], where: 'step 2, w[1, 2]' });
  expect(compareBits('float32', [], PLACE, ONE, TWO).first).toMatchObject({ element: [], where: 'step 2, w' });
});

describe('NaN', () => {
  test('is one, whatever its sign and payload', () => {
    expect(compared([NAN, OTHER_NAN], [OTHER_NAN, NAN])).toEqual({ compared: 2, differing: 0 });
    const doubles = compareBits('float64', [1], PLACE, '7ff8000000000000', 'fff0000000000001');
    expect(doubles).toEqual({ compared: 1, differing: 0 });
  });

  test.each([
    ['an infinity', INF],
    ['a negative infinity', 'ff800000'],
    ['the greatest number', '7f7fffff'],
    ['zero', ZERO],
  ])('is not %s', (_, bits) => {
    expect(compared([NAN], [bits])).toMatchObject({ differing: 1 });
    expect(compared([bits], [NAN])).toMatchObject({ differing: 1 });
    expect(compared([bits], [NAN]).first).not.toHaveProperty('ulps');
  });

  test('of doubles is no infinity either', () => {
    const { differing } = compareBits('float64', [1], PLACE, '7ff0000000000000', '7ff8000000000000');
    expect(differing).toBe(1);
  });
});

test('zeros of either sign differ, by no ulp', () => {
  expect(compared([ZERO], [MINUS_ZERO])).toMatchObject({ differing: 1, first: { ulps: '0', actual: '-0 (80000000)' } });
});

test('fewer or more elements all differ', () => {
  expect(compared([ONE, TWO], [ONE])).toEqual({
    ...{ compared: 2, differing: 2 },
    first: { ...PLACE, expected: '2 elements', actual: '1 elements' },
  });
  expect(compared([ONE], [ONE, TWO])).toMatchObject({ differing: 1, first: { actual: '2 elements' } });
  expect(compared([ONE], [])).toMatchObject({ differing: 1, first: { actual: '0 elements' } });
  expect(compared([], [ONE])).toMatchObject({ first: { expected: '0 elements' } });
});

test('doubles where floats are expected differ, though they are equal', () => {
  expect(compared([ONE], ['3ff0000000000000'])).toEqual({
    ...{ compared: 1, differing: 1 },
    first: {
      ...{ ...PLACE, where: 'step 2, w[0]', element: [0], expected: `1 (${ONE})` },
      actual: '1 (float64 3ff0000000000000)',
    },
  });
});

test('integers with the bits of NaNs are integers', () => {
  const { differing, first } = compareBits('int64', [1], PLACE, '7ff8000000000000', '7ff8000000000001');
  expect(differing).toBe(1);
  expect(first).toMatchObject({ expected: '9221120237041090560 (7ff8000000000000)' });
});

test('a part of a complex element is named, and its bits are those of its own type', () => {
  const [expected, actual] = [`${ONE} ${TWO} ${NAN} ${TWO}`, `${ONE} ${TWO} ${OTHER_NAN} ${ONE}`];
  expect(compareBits('complex64', [2], PLACE, expected, actual)).toEqual({
    ...{ compared: 4, differing: 1 },
    first: {
      ...{ ...PLACE, where: 'step 2, w[1].imag', element: [1, 1] },
      ...{ expected: `2 (${TWO})`, actual: `1 (${ONE})`, ulps: '-8388608' },
    },
  });
});

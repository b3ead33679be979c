import { expect, test } from 'vitest';
import { insanity, leavesNothing } from '../../../src/conformance/diagnosis/sanity.ts';
import type { Answered } from '../../../src/conformance/diagnosis/search.ts';

const answers = (all: Readonly<Record<string, readonly number[]>>): readonly Answered[] =>
  Object.entries(all).map(([name, actual]) => ({ probe: { name }, actual }) as unknown as Answered);

const sane = { mixed: [1, 2], 'another lr': [2, 3], 'another alpha': [1, 3], 'another eps': [1, 4] };

test('a port whose options all do something, and that answers again as before, is sane', () => {
  expect(insanity(answers({ ...sane, momentum: [1, 5] }), [1, 2])).toEqual([]);
  expect(leavesNothing([])).toBe(false);
});

test('every number NaN, and nothing that moves, leave no rule to find', () => {
  const [nan, still] = [
    [Number.NaN, Number.NaN],
    [0, 0],
  ].map((mixed) => insanity(answers({ ...sane, mixed }), mixed));
  expect(nan).toEqual(['every number is NaN from step 1']);
  expect(still).toEqual(['nothing moves: parameters stay as they were']);
  expect([leavesNothing(nan!), leavesNothing(still!)]).toEqual([true, true]);
});

test('an option that changes nothing has no effect; weight decay is looked for where parameters are not 0', () => {
  expect(insanity(answers({ ...sane, 'another eps': [1, 2], maximize: [1, 2] }), [1, 2])).toEqual([
    'eps has no effect',
    'maximize has no effect',
  ]);
  expect(insanity(answers({ ...sane, placed: [7, 8], decay: [7, 8] }), undefined)).toEqual([
    'weight_decay has no effect',
  ]);
});

test('other numbers of the same program, later, depend on an earlier case', () => {
  expect(insanity(answers(sane), [1, 2.5])).toEqual([
    'answers depend on an earlier case: the same program gave other numbers later',
  ]);
});

test('nothing is said of a port that answers no probe', () => {
  expect(insanity([], undefined)).toEqual([]);
});

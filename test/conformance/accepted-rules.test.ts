/**
 * Accepted rules as sets of wrong values.
 */
import { expect, test } from 'vitest';
import { namesOfRules, nameOfRule, standing, valuesMore } from '../../src/conformance/accepted-rules.ts';
import type { NamedRule } from '../../src/conformance/diagnosis/diagnose.ts';

const rule = (axis: 'eps' | 'momentum', value: string, path?: string): NamedRule => ({
  axes: [{ axis, value, says: '', clauses: [] }],
  ...{ dialects: [], ...(path === undefined ? {} : { path }) },
});

test('a rule is named by its wrong values and its path, rules of two paths together, others each', () => {
  const [eps, momentum] = [rule('eps', 'inside', 'foreach=True'), rule('momentum', 'nesterov')];
  expect(nameOfRule(eps)).toBe('eps=inside, foreach=True');
  expect(namesOfRules({ rules: [rule('eps', 'twice', 'foreach=False'), eps] })).toEqual([
    'eps=twice, foreach=False; eps=inside, foreach=True',
  ]);
  expect(namesOfRules({ rules: [rule('eps', 'inside'), momentum] })).toEqual(['eps=inside', 'momentum=nesterov']);
  expect(namesOfRules({ rules: [] })).toEqual([]);
});

test.each([
  ['a=1', 'a=1', 'same'],
  ['a=1, b=2', 'b=2,a=1', 'same'],
  ['a=1, b=2', 'b=2', 'better'],
  ['a=1', 'a=1, b=2', 'other'],
  ['a=1', 'a=2', 'other'],
  ['a=1, b=2', 'a=1, c=3', 'other'],
  ['a=1', 'a=1, foreach=True', 'better'],
  ['a=1, foreach=True', 'a=1', 'other'],
  ['a=1, foreach=True', 'a=1, foreach=False', 'other'],
  ['a=1, foreach=False; b=1, foreach=True', 'foreach=True, b=1', 'better'],
] as const)('where %j is accepted, %j is %s', (accepted, now, expected) => {
  expect(standing(accepted, now)).toBe(expected);
});

test('what a rule has more is said with its path', () => {
  expect(valuesMore('a=1', 'a=1, b=2')).toEqual(['b=2']);
  expect(valuesMore('a=1', 'a=1, foreach=False; c=1, foreach=True')).toEqual(['c=1 with foreach=True']);
});

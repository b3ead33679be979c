import { expect, test } from 'vitest';
import {
  type Claim,
  claimed,
  FACETS,
  isClaim,
  membersFor,
  type Need,
  NEEDS,
  needFor,
  needsOfProfile,
  OPTIONS,
  profileOf,
  PROFILES,
  profilesOf,
} from '../../src/scenario/needs.ts';

test('every need belongs to a profile, and every profile stands for some', () => {
  const reached = new Set(PROFILES.flatMap(needsOfProfile));
  expect(NEEDS.filter((need) => !reached.has(need))).toEqual([]);
  for (const profile of PROFILES) expect(needsOfProfile(profile).length).toBeGreaterThan(1);
});

test('every need is its own first profile', () => {
  for (const need of NEEDS) expect(needsOfProfile(profilesOf(need)[0]!)).toContain(need);
});

test('facets and options are what the table calls so', () => {
  expect(FACETS).toEqual(['numbers', 'state', 'bookkeeping', 'errors', 'messages']);
  expect(OPTIONS).toEqual([
    ...['momentum', 'centered', 'weight_decay', 'maximize'],
    ...['foreach', 'differentiable', 'capturable'],
  ]);
});

test.each<[string, readonly Claim[], readonly Need[]]>([
  ['words beside an element type are needs', ['numbers', 'float32'], ['numbers', 'float32']],
  [
    'so are the three that are profiles too',
    ['numbers', 'float64', 'hooks', 'state_dict'],
    ['numbers', 'float64', 'state_dict', 'hooks'],
  ],
  ['without an element type they are profiles', ['numbers'], needsOfProfile('numbers')],
  ['and further words add to them', ['numbers', 'empty-tensors', 'layouts'], [...needsOfProfile('numbers'), 'layouts']],
  [
    'a word that is only a profile is always one',
    ['float32', 'numbers', 'python'],
    [...NEEDS.filter((need) => ['numbers', 'float32'].includes(need) || needsOfProfile('python').includes(need))],
  ],
])('%s', (_, supports, needs) => {
  expect(new Set(claimed(supports))).toEqual(new Set(needs));
});

test('all five profiles together are every need', () => {
  expect(claimed(PROFILES)).toEqual(NEEDS);
});

test('the profile of a case is the last that one of its needs is of', () => {
  expect(profileOf(['numbers', 'float32'])).toBe('numbers');
  expect(profileOf(['numbers', 'float32', 'bookkeeping', 'state_dict'])).toBe('state_dict');
  expect(profileOf(['messages', 'numbers', 'hooks'])).toBe('python');
  expect(profileOf([])).toBe('numbers');
});

test('members say what a claim takes, and the need of a member of objects is found by it', () => {
  expect(membersFor('lr-change')).toEqual(['setOption']);
  expect(membersFor('momentum')).toEqual([]);
  expect(needFor('no_grad')).toBe('closure');
});

test('what is neither need nor profile is no claim', () => {
  expect(['numbers', 'python', 'tensorflow', 'toString', 7, null].map(isClaim)).toEqual([
    ...[true, true, false, false, false, false],
  ]);
});

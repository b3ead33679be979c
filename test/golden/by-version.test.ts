import { expect, test } from 'vitest';
import { byVersion } from '../../src/golden/by-version.ts';

test.each<[older: string, newer: string]>([
  ['0.9.0', '0.10.0'],
  ['2.1.2', '2.13.0'],
  ['2.15.0', '2.15.1'],
  ['2.15', '2.15.1'],
  ['2.9.9', '3.0.0'],
])('%s is older than %s', (older, newer) => {
  expect(byVersion(older, newer)).toBeLessThan(0);
  expect(byVersion(newer, older)).toBeGreaterThan(0);
  expect(byVersion(older, older)).toBe(0);
});

test('what is missing is 0', () => {
  expect(byVersion('2.15', '2.15.0')).toBe(0);
});

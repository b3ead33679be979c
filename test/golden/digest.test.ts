import { expect, test } from 'vitest';
import { digest } from '../../src/golden/digest.ts';
import type { Observation } from '../../src/scenario/types.ts';

const observations: readonly Observation[] = [{ value: 1 }, {}];

test('the digest of a case is that of its id and the compact JSON of its observations', () => {
  // printf 'a/b\n[{"value":1},{}]\n' | sha256sum
  expect(digest([['a/b', observations]])).toBe('cc6566c24285d9ad6c213e584f5c7e0e9fa53eb951b4ba42f7284e1a2cf0b0d0');
});

test('texts at hand stand for those that would be written', () => {
  const texts = new Map(observations.map((observation) => [observation, JSON.stringify(observation)]));
  expect(digest([['a/b', observations]], (observation) => texts.get(observation)!)).toBe(
    digest([['a/b', observations]]),
  );
});

import { describe, expect, it } from 'vitest';
import { type Bound, boundsOf, ULPS } from '../../../src/conformance/bounds/bounds.ts';
import { targetOf } from '../../../src/conformance/verdicts.ts';
import { readGolden } from '../../../src/golden/read.ts';
import { holdBounds } from './hold-bounds.ts';

const { cases } = readGolden(undefined, (name) => /^step\/(flags|lr-change)-/.test(name));

describe('the bounds of some cases of area step', () => {
  holdBounds(cases.filter((_, i) => i % 13 === 0));
});

describe('bounds', () => {
  it('shrink to the port itself as k does, but for the scalars', async () => {
    const { scenario } = cases.find(({ id }) => id === 'step/flags-float64/plain+foreach=false')!;
    const width = (bounds: readonly Bound[]): number =>
      Math.max(...bounds.flatMap(({ low, high }) => Array.from(low, (end, i) => high[i]! - end)));
    const [none, half, full] = [0, ULPS / 2, ULPS].map((k) => boundsOf(scenario, targetOf('torch-2.13.0/separate'), k));
    expect(width(await half!)).toBeLessThan(width(await full!));
    expect(width(await none!)).toBeLessThan(width(await half!));
  });
});

import { describe, expect, it } from 'vitest';
import { bounded } from '../../../src/conformance/bounded.ts';
import { type Bound, boundsOf, ULPS } from '../../../src/conformance/bounds/bounds.ts';
import { targetOf } from '../../../src/conformance/verdicts.ts';
import { variants } from '../../../src/conformance/variants/index.ts';
import { readGolden } from '../../../src/golden/read.ts';
import type { Case } from '../../../src/golden/types.ts';
import type { Port } from '../../../src/scenario/port.ts';
import { portSubject } from '../../../src/subject/module.ts';
import { port } from '../../../src/subject/port.ts';
import { doublePort } from '../../fixtures/double-port.ts';

const REFERENCE = 'torch-2.13.0/separate';
const NUMERIC = new Set(['numbers', 'state'] as const);

const cases = readGolden().cases.filter(({ area, needs }) => area === 'step' && !needs.includes('errors'));
const float32 = cases.filter(({ needs }) => needs.includes('float32'));

const made = new Map<string, Promise<readonly Bound[]>>();

function boundsFor({ id, scenario }: Case, reference: string = REFERENCE): Promise<readonly Bound[]> {
  const key = `${id} ${reference}`;
  const bounds = made.get(key) ?? boundsOf(scenario, targetOf(reference));
  made.set(key, bounds);
  return bounds;
}

function caseOf(id: string): Case {
  return cases.find((c) => c.id === id)!;
}

describe('the bounds of area step', () => {
  it('hold what every float32 reference observed, whichever reference they were made for', async () => {
    for (const c of float32)
      for (const reference of c.observed.keys()) {
        const bounds = await boundsFor(c, reference);
        for (const [other, observations] of c.observed) {
          const { outside } = bounded(c.scenario, bounds, observations, observations, NUMERIC);
          expect({ id: c.id, reference, other, outside }).toEqual({ id: c.id, reference, other, outside: 0 });
        }
      }
  });

  it.each(['separate', 'fused', 'cuda'] as const)('hold what the port computes in %s', async (arithmetic) => {
    const subject = await port.open({ version: '2.13.0', arithmetic });
    for (const c of cases) {
      const own = await subject.run(c.scenario);
      const { outside, undetermined } = bounded(c.scenario, await boundsFor(c), own, own, NUMERIC);
      expect({ id: c.id, outside, undetermined }).toEqual({ id: c.id, outside: 0, undetermined: 0 });
    }
  });

  it.each([
    ['rounds nothing', { parameters: false, alpha: false }],
    ['rounds the parameters alone', { parameters: true, alpha: false }],
    ['forms 1 - alpha from an alpha in float32', { parameters: false, alpha: true }],
  ])('hold a right port in double that %s', async (_title, rounding) => {
    const subject = portSubject(doublePort(rounding) as Port);
    const claimed = new Set(subject.supports);
    const own = (rounding.alpha ? float32 : cases).filter(({ needs }) => needs.every((need) => claimed.has(need)));
    expect(own.length).toBeGreaterThan(90);
    for (const c of own) {
      const observations = await subject.run(c.scenario);
      const result = bounded(c.scenario, await boundsFor(c), c.observed.get(REFERENCE)!, observations, NUMERIC);
      expect({ id: c.id, ...result }).toMatchObject({ id: c.id, within: true, outside: 0 });
    }
  });

  it.each(variants)('leave $name outside in every case that says it catches it', async ({ name, source }) => {
    const wrong = await source.open(targetOf(REFERENCE));
    const own = cases.filter(({ catches }) => catches.includes(name));
    expect(own.length).toBeGreaterThan(10);
    for (const c of own) {
      const observations = await wrong.run(c.scenario);
      const { within } = bounded(c.scenario, await boundsFor(c), c.observed.get(REFERENCE)!, observations, NUMERIC);
      expect({ id: c.id, within }).toEqual({ id: c.id, within: false });
    }
  });

  it('shrink to the port itself as k does, but for the scalars', async () => {
    const { scenario } = caseOf('step/flags-float64/plain+foreach=false');
    const width = (bounds: readonly Bound[]): number =>
      Math.max(...bounds.flatMap(({ low, high }) => Array.from(low, (end, i) => high[i]! - end)));
    const [none, half, full] = [0, ULPS / 2, ULPS].map((k) => boundsOf(scenario, targetOf(REFERENCE), k));
    expect(width(await half!)).toBeLessThan(width(await full!));
    expect(width(await none!)).toBeLessThan(width(await half!));
  });
});

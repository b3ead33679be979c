/**
 * What the bounds of cases of area step hold, and what they leave outside.
 */
import { expect, it } from 'vitest';
import { bounded } from '../../../src/conformance/bounded.ts';
import { type Bound, boundsOf } from '../../../src/conformance/bounds/bounds.ts';
import { targetOf } from '../../../src/conformance/verdicts.ts';
import { variants } from '../../../src/conformance/variants/index.ts';
import type { Case } from '../../../src/golden/types.ts';
import type { Port } from '../../../src/scenario/port.ts';
import { portSubject } from '../../../src/subject/module.ts';
import { port } from '../../../src/subject/port.ts';
import { doublePort } from '../../fixtures/double-port.ts';

const REFERENCE = 'torch-2.13.0/separate';
const NUMERIC = new Set(['numbers', 'state'] as const);

const made = new Map<string, Promise<readonly Bound[]>>();

function boundsFor({ id, scenario }: Case, reference: string = REFERENCE): Promise<readonly Bound[]> {
  const key = `${id} ${reference}`;
  const bounds = made.get(key) ?? boundsOf(scenario, targetOf(reference));
  made.set(key, bounds);
  return bounds;
}

/** Tests over cases that take no error: all of them, or a few that are there in every kind. */
export function holdBounds(cases: readonly Case[]): void {
  const float32 = cases.filter(({ needs }) => needs.includes('float32'));

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
    expect(own.length).toBeGreaterThan(cases.length / 5);
    for (const c of own) {
      const observations = await subject.run(c.scenario);
      const result = bounded(c.scenario, await boundsFor(c), c.observed.get(REFERENCE)!, observations, NUMERIC);
      expect({ id: c.id, ...result }).toMatchObject({ id: c.id, within: true, outside: 0 });
    }
  });

  const shown = variants.filter(({ name }) => cases.some(({ catches }) => catches.includes(name)));
  it('tell some variant from right', () => {
    expect(shown).not.toEqual([]);
  });

  it.each(shown)('leave $name outside in every case that says it catches it', async ({ name, source }) => {
    const wrong = await source.open(targetOf(REFERENCE));
    const own = cases.filter(({ catches }) => catches.includes(name));
    for (const c of own) {
      const observations = await wrong.run(c.scenario);
      const { within } = bounded(c.scenario, await boundsFor(c), c.observed.get(REFERENCE)!, observations, NUMERIC);
      expect({ id: c.id, within }).toEqual({ id: c.id, within: false });
    }
  });
}

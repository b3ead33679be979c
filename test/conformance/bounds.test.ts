import { describe, expect, it } from 'vitest';
import { bounded } from '../../src/conformance/bounded.ts';
import { type Bound, boundsOf, ULPS } from '../../src/conformance/bounds/bounds.ts';
import { targetOf } from '../../src/conformance/verdicts.ts';
import { variants } from '../../src/conformance/variants/index.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Case } from '../../src/golden/types.ts';
import type { Port } from '../../src/scenario/port.ts';
import type { Observation } from '../../src/scenario/types.ts';
import { portSubject } from '../../src/subject/module.ts';
import { port } from '../../src/subject/port.ts';
import { fromBits, toBits } from '../../src/tensor/bits.ts';
import { doublePort } from '../fixtures/double-port.ts';

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

const plain = caseOf('step/flags-float32/plain+foreach=false');
const expected = plain.observed.get(REFERENCE)!;

/** The observations with element `at` of one tensor after one step replaced. */
function withElement(step: number, tensor: string, at: number, x: number): readonly Observation[] {
  return expected.map((observation, op) => {
    if (op !== 1 || observation.steps === undefined) return observation;
    const steps = observation.steps.map((params, i) => {
      if (i !== step - 1) return params;
      const data = fromBits('float32', params[tensor]!);
      data[at] = x;
      return { ...params, [tensor]: toBits(data) };
    });
    return { ...observation, steps };
  });
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

describe('bounded', () => {
  const facets = new Set(['numbers', 'state', 'messages'] as const);

  it('names the first number outside, and between what it should lie', async () => {
    const bounds = await boundsFor(plain);
    const spoiled = bounded(plain.scenario, bounds, expected, withElement(1, 'matrix', 7, 0.5), facets);
    expect(spoiled).toMatchObject({ within: false, outside: 1, undetermined: 0 });
    expect(spoiled.first).toMatchObject({
      ...{ op: 1, operation: 'train', facet: 'numbers', step: 1, tensor: 'matrix', element: [1, 2] },
      ...{ where: 'step 1, matrix[1, 2]', actual: '0.5 (float32 3f000000)' },
    });
    expect(spoiled.first!.expected).toMatch(/^from -?\d\S* to -?\d\S*$/);
  });

  it.each([NaN, Infinity, -Infinity])('does not take %d for a number', async (x) => {
    const bounds = await boundsFor(plain);
    const { within, outside } = bounded(plain.scenario, bounds, expected, withElement(1, 'matrix', 7, x), facets);
    expect({ within, outside }).toEqual({ within: false, outside: 1 });
  });

  it('compares what is not a number with the reference', async () => {
    const bounds = await boundsFor(plain);
    const warned = expected.map((o, i) => (i === 1 ? { ...o, warnings: [{ type: 'UserWarning', message: 'hm' }] } : o));
    expect(bounded(plain.scenario, bounds, expected, warned, NUMERIC).within).toBe(true);
    const { within, outside, first } = bounded(plain.scenario, bounds, expected, warned, facets);
    expect({ within, outside }).toEqual({ within: false, outside: 0 });
    expect(first).toMatchObject({ op: 1, facet: 'messages', where: 'warnings', actual: 'UserWarning: hm' });
  });

  it('misses the numbers of a state that was not observed', async () => {
    const bounds = await boundsFor(plain);
    const empty = expected.map((o, i) => (plain.scenario.program[i]!.op === 'state' ? { value: { $dict: [] } } : o));
    const { within, first } = bounded(plain.scenario, bounds, expected, empty, NUMERIC);
    expect(within).toBe(false);
    expect(first).toMatchObject({ where: 'state of scalar, square_avg', expected: '1 elements', actual: 'none' });
    expect(bounded(plain.scenario, bounds, expected, empty, new Set(['numbers'])).within).toBe(true);
  });

  it('counts what is undetermined and does not compare it', async () => {
    // With eps = 0 a zero gradient gives 0 / 0 in the first step, which is certain; the variance of an alpha of 0 is not.
    const scenario = {
      id: 'undetermined',
      tensors: { w: { dtype: 'float32', shape: [2], bits: '3f800000 3f800000', parameter: true } },
      gradients: { g: [{ w: '00000000 3f800001' }] },
      program: [
        { op: 'optimizer', params: ['$w'], options: { alpha: 0, eps: 0, centered: true } },
        { op: 'train', gradients: 'g', steps: 1 },
      ],
    } as const;
    const bounds = await boundsOf(scenario, targetOf(REFERENCE));
    const hold = (bits: string): ReturnType<typeof bounded> => {
      const observations = [{}, { steps: [{ w: bits }] }];
      return bounded(scenario, bounds, observations, observations, NUMERIC);
    };
    expect(hold('7fc00000 00000000')).toEqual({ within: true, compared: 1, outside: 0, undetermined: 1 });
    expect(hold('ffc00001 7fc00000')).toMatchObject({ within: true });
    expect(hold('3f800000 00000000')).toMatchObject({ within: false, outside: 1, first: { expected: 'NaN' } });
  });
});

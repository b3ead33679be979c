import { describe, expect, it } from 'vitest';
import { bounded } from '../../src/conformance/bounded.ts';
import { boundsOf } from '../../src/conformance/bounds/bounds.ts';
import { targetOf } from '../../src/conformance/verdicts.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Observation } from '../../src/scenario/types.ts';
import { fromBits, toBits } from '../../src/tensor/bits.ts';

const REFERENCE = 'torch-2.13.0/separate';
const NUMERIC = new Set(['numbers', 'state'] as const);

const plain = readGolden().cases.find(({ id }) => id === 'step/flags-float32/plain+foreach=false')!;
const expected = plain.observed.get(REFERENCE)!;
const bounds = await boundsOf(plain.scenario, targetOf(REFERENCE));

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

describe('bounded', () => {
  const facets = new Set(['numbers', 'state', 'messages'] as const);

  it('names the first number outside, and between what it should lie', async () => {
    const spoiled = bounded(plain.scenario, bounds, expected, withElement(1, 'matrix', 7, 0.5), facets);
    expect(spoiled).toMatchObject({ within: false, outside: 1, undetermined: 0 });
    expect(spoiled.first).toMatchObject({
      ...{ op: 1, operation: 'train', facet: 'numbers', step: 1, tensor: 'matrix', element: [1, 2] },
      ...{ where: 'step 1, matrix[1, 2]', actual: '0.5 (float32 3f000000)' },
    });
    expect(spoiled.first!.expected).toMatch(/^from -?\d\S* to -?\d\S*$/);
  });

  it('counts the determined numbers with other bits than the reference, outside their bounds or not', () => {
    const data = fromBits('float32', expected[1]!.steps![0]!['matrix']!);
    const beside = withElement(1, 'matrix', 7, data[7]! * (1 + 2 ** -23));
    expect(bounded(plain.scenario, bounds, expected, beside, facets)).toMatchObject({ within: true, differing: 1 });
    const outside = withElement(1, 'matrix', 7, 0.5);
    expect(bounded(plain.scenario, bounds, expected, outside, facets)).toMatchObject({ outside: 1, differing: 1 });
    expect(bounded(plain.scenario, bounds, expected, expected, facets)).toMatchObject({ outside: 0, differing: 0 });
  });

  it.each([NaN, Infinity, -Infinity])('does not take %d for a number', async (x) => {
    const { within, outside } = bounded(plain.scenario, bounds, expected, withElement(1, 'matrix', 7, x), facets);
    expect({ within, outside }).toEqual({ within: false, outside: 1 });
  });

  it('compares what is not a number with the reference', async () => {
    const warned = expected.map((o, i) => (i === 1 ? { ...o, warnings: [{ type: 'UserWarning', message: 'hm' }] } : o));
    expect(bounded(plain.scenario, bounds, expected, warned, NUMERIC).within).toBe(true);
    const { within, outside, first } = bounded(plain.scenario, bounds, expected, warned, facets);
    expect({ within, outside }).toEqual({ within: false, outside: 0 });
    expect(first).toMatchObject({ op: 1, facet: 'messages', where: 'warnings', actual: 'UserWarning: hm' });
  });

  it('misses the numbers of a state that was not observed', async () => {
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
    expect(hold('7fc00000 00000000')).toEqual({ within: true, compared: 1, outside: 0, differing: 0, undetermined: 1 });
    expect(hold('ffc00001 7fc00000')).toMatchObject({ within: true });
    expect(hold('3f800000 00000000')).toMatchObject({ within: false, outside: 1, first: { expected: 'NaN' } });
  });
});

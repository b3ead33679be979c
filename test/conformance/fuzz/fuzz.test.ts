import { describe, expect, test } from 'vitest';
import { differenceOf, fuzz } from '../../../src/conformance/fuzz/fuzz.ts';
import { kindOf } from '../../../src/conformance/fuzz/kind.ts';
import { variants } from '../../../src/conformance/variants/index.ts';
import { moduleSource } from '../../../src/subject/module.ts';
import { port } from '../../../src/subject/port.ts';
import { checkScenario } from '../../../src/scenario/check.ts';
import type { Observation, Scenario } from '../../../src/scenario/types.ts';
import { validate } from '../../../src/scenario/schema.ts';
import { fileURLToPath } from 'node:url';

const target = { version: '2.13.0', arithmetic: 'separate' } as const;

describe.each(variants)('fuzzing finds $name', ({ source }) => {
  test.each([1, 2, 3, 4, 5])('and shrinks it to at most 3 steps and 2 elements, from seed %i', async (seed) => {
    const { counterexample } = await fuzz(await port.open(target), await source.open(target), { runs: 3000, seed });
    const { tensors, gradients, program } = counterexample!.scenario;
    const elements = Object.values(tensors).reduce(
      (sum, { bits }) => sum + (bits === '' ? 0 : bits.split(' ').length),
      0,
    );
    const steps = program.reduce((sum, op) => sum + (op.op === 'train' ? op.steps : op.op === 'step' ? 1 : 0), 0);
    expect(elements).toBeLessThanOrEqual(2);
    expect(steps).toBeLessThanOrEqual(3);
    validate('scenario', counterexample!.scenario, 'counterexample');
    expect(checkScenario(counterexample!.scenario)).toBeUndefined();
    expect(Object.keys(gradients).length).toBeLessThanOrEqual(3);
  });
});

test.each([1, 4, 6, 7])('shrinking keeps the kind of the difference, from seed %i', async (seed) => {
  const right = await port.open(target);
  /** Refuses to train tensors of four elements and more; fewer it trains to wrong numbers. */
  const twiceWrong = (scenario: Scenario, { steps, ...rest }: Observation): Observation => {
    const elements = Object.values(scenario.tensors).flatMap(({ bits }) => (bits === '' ? [] : bits.split(' ')));
    if (steps === undefined) return rest;
    if (elements.length >= 4) return { ...rest, error: { type: 'RangeError', message: 'too many' } };
    const zeroed = (params: Readonly<Record<string, string>>): Record<string, string> =>
      Object.fromEntries(Object.entries(params).map(([name, bits]) => [name, bits.replaceAll(/[0-9a-f]/g, '0')]));
    return { ...rest, steps: steps.map(zeroed) };
  };
  const wrong = {
    ...right,
    run: async (scenario: Scenario) => (await right.run(scenario)).map((o) => twiceWrong(scenario, o)),
  };
  const found: string[] = [];
  const watched = {
    ...wrong,
    run: async (scenario: Scenario) => {
      const difference = await differenceOf(scenario, right, wrong);
      if (difference !== undefined) found.push(difference.facet);
      return wrong.run(scenario);
    },
  };
  const { counterexample } = await fuzz(right, watched, { runs: 100, seed });
  expect(counterexample!.difference.facet).toBe(found[0]);
  expect(new Set(found)).toEqual(new Set(['errors', 'numbers']));
});

test.each([
  [{ element: [0], ulps: '3' }, { element: [1], ulps: '-7' }, true],
  [{ element: [0], ulps: '3' }, { element: [0], ulps: '0' }, false],
  [{ element: [0], ulps: '3' }, { element: [0] }, false],
  [{ element: [0], ulps: '3' }, {}, false],
  [{ operation: 'train' }, { operation: 'state' }, false],
  [{ facet: 'numbers' }, { facet: 'state' }, false],
  [{ facet: 'errors', actual: 'TypeError: a' }, { facet: 'errors', actual: 'TypeError: b' }, true],
  [{ facet: 'errors', actual: 'TypeError: a' }, { facet: 'errors', actual: 'ValueError: a' }, false],
  [{ facet: 'errors', actual: '3' }, { facet: 'errors', actual: '4' }, true],
  [{ facet: 'bookkeeping', actual: '3' }, { facet: 'bookkeeping', actual: '[]' }, true],
] as const)('%j and %j are of one kind: %s', (a, b, same) => {
  const base = { op: 0, operation: 'train', facet: 'numbers', where: 'x', expected: 'no error', actual: 'y' } as const;
  expect(kindOf({ ...base, ...a }) === kindOf({ ...base, ...b })).toBe(same);
});

test('a seed and a path repeat a counterexample', async () => {
  const wrong = variants[0]!.source;
  const first = await fuzz(await port.open(target), await wrong.open(target), { runs: 100, seed: 42 });
  const again = await fuzz(await port.open(target), await wrong.open(target), {
    runs: 100,
    seed: 42,
    path: first.path!,
  });
  expect(again.counterexample).toEqual(first.counterexample);
});

test('the port does not differ from itself, over every kind of program', async () => {
  const { counterexample, runs } = await fuzz(await port.open(target), await port.open(target), { runs: 500, seed: 1 });
  expect(counterexample).toBeUndefined();
  expect(runs).toBe(500);
});

test('a right port that claims less is tried on what it claims', async () => {
  const path = fileURLToPath(new URL('../../fixtures/ports/typed-arrays.ts', import.meta.url));
  const stranger = await (await moduleSource(path)).open(target);
  const { counterexample } = await fuzz(await port.open(target), stranger, { runs: 500, seed: 1 });
  expect(counterexample).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { fuzz } from '../../src/conformance/fuzz/fuzz.ts';
import { variants } from '../../src/conformance/variants/index.ts';
import { moduleSource } from '../../src/subject/module.ts';
import { port } from '../../src/subject/port.ts';
import { openTorch } from '../../src/subject/torch.ts';
import { checkScenario } from '../../src/scenario/check.ts';
import { validate } from '../../src/scenario/schema.ts';
import { fileURLToPath } from 'node:url';
import { pythons } from '../fixtures/torch.ts';

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
  const path = fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url));
  const stranger = await (await moduleSource(path)).open(target);
  const { counterexample } = await fuzz(await port.open(target), stranger, { runs: 500, seed: 1 });
  expect(counterexample).toBeUndefined();
});

describe.each(pythons)('real PyTorch at %s', (python) => {
  test.each(['separate', 'fused'] as const)('does not differ from the port in %s', async (arithmetic) => {
    const torch = await openTorch(arithmetic, { python });
    const { counterexample } = await fuzz(torch, await port.open({ version: torch.version, arithmetic }), {
      runs: 500,
    });
    await torch.close();
    expect(counterexample).toBeUndefined();
  });
});

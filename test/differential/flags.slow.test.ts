/**
 * Port, numeric model in Pyodide, PyTorch's own source in Pyodide and real PyTorch: the same bits, errors and state in every
 * combination of the flags. The last two where RMSPROOF_TORCH names interpreters that have torch.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { differenceOf, fuzz } from '../../src/conformance/fuzz/fuzz.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Target } from '../../src/scenario/port.ts';
import { port } from '../../src/subject/port.ts';
import { type PyodideSource, pyodideSource, pyodideTorchSource } from '../../src/subject/pyodide/source.ts';
import type { Subject } from '../../src/subject/subject.ts';
import { openTorch } from '../../src/subject/torch.ts';
import { opmath_dtypes } from '../../src/tensor/dtype.ts';
import { pythons } from '../fixtures/torch.ts';
import { everyCombination, type Flagged } from './scenarios.ts';

const VERSIONS = ['2.1.2', '2.13.0'] as const;
const ARITHMETICS = ['separate', 'fused', 'cuda'] as const;

const model = pyodideSource();
const opened: PyodideSource[] = [model];
afterAll(() => Promise.all(opened.map((source) => source.close())));

/** Ids of the flagged scenarios on which a subject differs from the port, and how many it claims. */
async function compared(
  all: readonly Flagged[],
  target: Target,
  subject: Subject,
): Promise<{ readonly tried: number; readonly differing: unknown[] }> {
  const ours = await port.open(target);
  const differing: unknown[] = [];
  let tried = 0;
  for (const { scenario, needs } of all) {
    if (!needs.every((need) => subject.supports.includes(need))) continue;
    tried += 1;
    const difference = await differenceOf(scenario, subject, ours);
    if (difference !== undefined) differing.push({ options: scenario.program[0], difference });
  }
  return { tried, differing };
}

describe.each(opmath_dtypes)('in every combination of the flags, %s', (dtype) => {
  const all = everyCombination(dtype, dtype === 'float32' ? 1000 : 5000);
  /** What a version or a device refuses is not numbers: the model, which validates nothing, is not asked. */
  const stepping = (target: Target): Flagged[] =>
    all.filter(({ scenario: { program } }) => {
      const [{ options }] = program as unknown as [{ options: Record<string, unknown> }];
      if (options['foreach'] === true && options['differentiable'] === true) return false;
      return options['capturable'] !== true || (target.arithmetic === 'cuda' && target.version !== '2.1.2');
    });

  test('the inputs are not in golden/', () => {
    const golden = new Set(
      readGolden().cases.flatMap(({ scenario }) => Object.values(scenario.tensors).map(({ bits }) => bits)),
    );
    expect(all.filter(({ scenario }) => golden.has(scenario.tensors['c']!.bits))).toEqual([]);
    expect(all).toHaveLength(192);
  });

  describe.each(VERSIONS)('as torch %s', (version) => {
    test.each(ARITHMETICS)("the numeric model in Pyodide gives the port's bits, %s", async (arithmetic) => {
      const target = { version, arithmetic };
      const { tried, differing } = await compared(stepping(target), target, await model.open(target));
      expect(differing).toEqual([]);
      expect(tried).toBeGreaterThanOrEqual(80);
    });
  });
});

describe.each(pythons)('with the torch of %s, in every combination of the flags', (python) => {
  const folder = execFileSync(
    python,
    ['-c', 'import torch, os; print(os.path.dirname(os.path.dirname(torch.__file__)))'],
    { encoding: 'utf8' },
  ).trim();
  const source = pyodideTorchSource({ source: folder });
  opened.push(source);
  const version = source.version!;

  test("programs with groups, hooks, copies and state dicts: PyTorch's own source in Pyodide does not differ from the port", async () => {
    const target = { version, arithmetic: 'separate' } as const;
    const { counterexample, runs } = await fuzz(await source.open(target), await port.open(target), {
      runs: 200,
      seed: 6,
    });
    expect(counterexample).toBeUndefined();
    expect(runs).toBe(200);
  });

  test('programs with groups, hooks, copies and state dicts: real PyTorch does not differ from the port', async () => {
    const torch = await openTorch('fused', { python });
    const { counterexample } = await fuzz(torch, await port.open({ version, arithmetic: 'fused' }), {
      runs: 400,
      seed: 7,
    });
    await torch.close();
    expect(counterexample).toBeUndefined();
  });

  describe.each(opmath_dtypes)('%s', (dtype) => {
    const all = everyCombination(dtype, 9000);

    test.each(ARITHMETICS)(
      "PyTorch's own source in Pyodide gives the port's bits, state, errors and messages, %s",
      async (arithmetic) => {
        const target = { version, arithmetic };
        const { tried, differing } = await compared(all, target, await source.open(target));
        expect(differing).toEqual([]);
        expect(tried).toBe(192);
      },
    );

    test.each(['separate', 'fused'] as const)(
      "real PyTorch gives the port's bits, state, errors and messages, %s",
      async (arithmetic) => {
        const torch = await openTorch(arithmetic, { python });
        const { tried, differing } = await compared(all, { version, arithmetic }, torch);
        await torch.close();
        expect(differing).toEqual([]);
        expect(tried).toBe(192);
      },
    );
  });
});

/**
 * Right ports over every golden file: a stranger's in float32 and float64, and one in double precision.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { conforms, count } from '../../src/conformance/verdicts.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Port } from '../../src/scenario/port.ts';
import { moduleSource, portSubject } from '../../src/subject/module.ts';
import { doublePort } from '../fixtures/double-port.ts';

const path = fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url));

describe('a right port over typed arrays', () => {
  it('is exact or unsupported in every case', async () => {
    const conformance = await run(readGolden(), await moduleSource(path), {
      references: ['torch-2.13.0/separate', 'torch-2.13.0/fused'],
    });
    const [only] = conformance.runs;
    expect(only!.cases.filter(({ verdict }) => verdict !== 'exact' && verdict !== 'unsupported')).toEqual([]);
    expect(count(only!, 'exact')).toBeGreaterThan(400);
    expect(conforms(conformance)).toBe(true);
  });
});

describe('a right port in double precision', () => {
  it('is exact or bounded in everything it claims, and judged on the cases that the CPU recorded', async () => {
    const doubles = doublePort({ parameters: true, alpha: false }) as Port;
    // A parameter that stands twice in a group tells the paths apart, and it has one path only.
    const supports = doubles.supports.filter((need) => need !== 'foreach');
    const source = { name: 'doubles', followsTarget: false, open: async () => portSubject({ ...doubles, supports }) };
    const golden = readGolden();
    const { runs } = await run(golden, source, {
      references: ['torch-2.13.0/separate', 'torch-2.13.0/fused', 'torch-2.11.0/cuda'],
    });
    expect(runs).toHaveLength(1);
    expect(runs[0]!.cases.length).toBeGreaterThan(2000);
    expect(
      runs[0]!.cases.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken').map(({ id }) => id),
    ).toEqual([]);
    expect(count(runs[0]!, 'bounded')).toBeGreaterThan(300);
  });
});

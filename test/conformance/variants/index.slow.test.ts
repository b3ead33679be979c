/**
 * Every wrong variant fails in every case that says it catches it, whichever arithmetic it computes in.
 */
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../src/golden/read.ts';
import { run } from '../../../src/conformance/run.ts';
import { variants } from '../../../src/conformance/variants/index.ts';

const golden = readGolden();

describe.each(['torch-2.13.0/separate', 'torch-2.13.0/fused', 'torch-2.11.0/cuda'])('against %s', (reference) => {
  test.each(variants)('$name fails in every case that catches it', async ({ name, source }) => {
    const cases = golden.cases.filter(({ observed, catches }) => observed.has(reference) && catches.includes(name));
    // The GPU has recorded no certainly negative variance.
    if (cases.length === 0) return expect([name, reference]).toEqual(['clamped-variance', 'torch-2.11.0/cuda']);
    const { runs } = await run({ ...golden, cases }, source, { references: [reference] });
    expect(runs[0]!.cases.filter(({ verdict }) => verdict !== 'failed').map(({ id }) => id)).toEqual([]);
  });
});

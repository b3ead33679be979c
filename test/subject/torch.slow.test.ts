import { describe, expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { run } from '../../src/conformance/run.ts';
import { torchSource } from '../../src/subject/torch.ts';
import { pythons } from '../fixtures/torch.ts';

describe.skipIf(pythons.length === 0).each(pythons)('real PyTorch at %s', (python) => {
  test('is exact against its own references in area step', async () => {
    const source = await torchSource({ python });
    const golden = readGolden(undefined, (name) => name.startsWith('step/'));
    // Compiling takes seconds a case: RMSPROOF_ALL=1 verifies those references in .ci/run.
    const references = ['separate', 'fused'].map((arithmetic) => `torch-${source.version}/${arithmetic}` as const);
    expect(Object.keys(golden.references.references)).toEqual(expect.arrayContaining(references));
    const { runs } = await run(golden, source, { references });
    expect(runs).toHaveLength(2);
    for (const { cases: results } of runs) expect(results.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
  });
});

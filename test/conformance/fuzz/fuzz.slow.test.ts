import { describe, expect, test } from 'vitest';
import { fuzz } from '../../../src/conformance/fuzz/fuzz.ts';
import { port } from '../../../src/subject/port.ts';
import { openTorch } from '../../../src/subject/torch.ts';
import { pythons } from '../../fixtures/torch.ts';

describe.skipIf(pythons.length === 0).each(pythons)('real PyTorch at %s', (python) => {
  test.each(['separate', 'fused'] as const)('does not differ from the port in %s', async (arithmetic) => {
    const torch = await openTorch(arithmetic, { python });
    const { counterexample } = await fuzz(torch, await port.open({ version: torch.version, arithmetic }), {
      runs: 500,
    });
    await torch.close();
    expect(counterexample).toBeUndefined();
  });
});

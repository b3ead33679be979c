import { expect, test } from 'vitest';
import { runStock } from '../../src/conformance/stock.ts';
import { readGolden } from '../../src/golden/read.ts';
import { pythons } from '../fixtures/torch.ts';

test.skipIf(pythons.length === 0).each(pythons)('the stock wheel of %s is explained in every bit', async (python) => {
  const { cases } = readGolden(undefined, (name) => name.startsWith('step/'));
  const { runs } = await runStock(cases, { python }, {});
  for (const { cases: results, roots } of runs) {
    expect(results.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(roots!.taken).toBeGreaterThan(10_000);
  }
});

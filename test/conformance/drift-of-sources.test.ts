import { expect, test } from 'vitest';
import { driftOfSources } from '../../src/conformance/drift-of-sources.ts';
import { readGolden } from '../../src/golden/read.ts';

test('a reference stands for itself', async () => {
  const { cases } = readGolden(undefined, (name) => name === 'groups/options');
  const [result] = await driftOfSources(['torch-2.13.0', 'torch-2.13.0/separate'], cases);
  const { drifts, cases: compared } = result!;
  expect([drifts, compared]).toEqual([[], cases.length]);
});

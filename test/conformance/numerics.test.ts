/**
 * Area numerics: the port equals every CPU reference in every bit.
 */
import { beforeAll, expect, test } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { type Run } from '../../src/conformance/verdicts.ts';
import { readGolden } from '../../src/golden/read.ts';
import { port } from '../../src/subject/port.ts';

const REFERENCES = ['torch-2.13.0/separate', 'torch-2.13.0/fused', 'torch-2.1.2/separate', 'torch-2.1.2/fused'];

let runs: ReadonlyMap<string, Run>;

beforeAll(async () => {
  const golden = readGolden();
  const cases = golden.cases.filter(({ area }) => area === 'numerics');
  const conformance = await run({ ...golden, cases }, port, { references: REFERENCES });
  runs = new Map(conformance.runs.map((own) => [own.reference, own]));
});

test.each(REFERENCES)('the port is exact in every case against %s', (reference) => {
  const { cases } = runs.get(reference)!;
  expect(cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
  const sum = (key: 'compared' | 'differing'): number => cases.reduce((n, { numbers }) => n + numbers![key], 0);
  expect(sum('differing')).toBe(0);
  expect(sum('compared')).toBeGreaterThan(50_000);
});

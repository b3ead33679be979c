/**
 * PyTorch's own files in WebAssembly, wherever there is a PyTorch to take them from.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/conformance/run.ts';
import { count } from '../../../src/conformance/verdicts.ts';
import { readGolden } from '../../../src/golden/read.ts';
import { pyodideTorchSource } from '../../../src/subject/pyodide/source.ts';
import { pythons } from '../../fixtures/torch.ts';
import { sampled } from './sample.ts';

const golden = readGolden();
const references = Object.keys(golden.references.references);

describe.skipIf(pythons.length === 0).each(pythons)('the files of %s are exact', (python) => {
  const source = pyodideTorchSource({ source: python });
  afterAll(() => source.close());
  // What a GPU recorded is 2.11's, which behaves as 2.13 does.
  const own = references.filter(
    (name) => name.includes(`-${source.version}/`) || (source.version === '2.13.0' && name.endsWith('/cuda')),
  );

  test.each(own.map((reference, which) => [reference, which] as const))('against %s', async (reference, which) => {
    const { runs } = await run(sampled(golden, which), source, { references: [reference] });
    expect(runs[0]!.cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(count(runs[0]!, 'exact')).toBeGreaterThan(reference.endsWith('/compiled') ? 3 : 100);
  });
});

test('a place without the files of torch is refused, with its name', () => {
  expect(() => pyodideTorchSource({ source: '/no/such/torch' })).toThrow('/no/such/torch');
});

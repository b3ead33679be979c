/**
 * The numeric model on the shim: exact in numbers and state, in every arithmetic.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/conformance/run.ts';
import { conforms, count } from '../../../src/conformance/verdicts.ts';
import { readGolden } from '../../../src/golden/read.ts';
import type { Golden } from '../../../src/golden/types.ts';
import { pyodideSource } from '../../../src/subject/pyodide/source.ts';
import { sampled } from './sample.ts';

const source = pyodideSource();
afterAll(() => source.close());

let golden: Golden;
beforeAll(() => {
  golden = readGolden();
});

describe('the numeric model', () => {
  test.each(
    [
      ['torch-2.13.0/separate', 150],
      ['torch-2.13.0/fused', 150],
      ['torch-2.1.2/separate', 150],
      ['torch-2.1.2/fused', 150],
      ['torch-2.11.0/cuda', 134],
    ].map(([reference, least], which) => [reference, least, which] as const),
  )('is exact against %s', async (reference, least, which) => {
    const conformance = await run(sampled(golden, which), source, { references: [reference as string] });
    const [own] = conformance.runs;
    expect(own!.cases.filter(({ verdict }) => verdict !== 'exact' && verdict !== 'unsupported')).toEqual([]);
    expect(count(own!, 'exact')).toBeGreaterThanOrEqual(least as number);
    expect(own!.compared).toEqual(['numbers', 'state']);
    expect(conforms(conformance)).toBe(true);
  });

  test('raises what PyTorch raises, in every flag combination that is refused', async () => {
    const refused = golden.cases.filter(({ id }) => id.startsWith('step/refused-'));
    expect(refused.length).toBeGreaterThan(100);
    for (const version of ['2.13.0', '2.1.2']) {
      const subject = await source.open({ version, arithmetic: 'separate' });
      for (const { scenario, observed } of refused) {
        const actual = await subject.run(scenario);
        const expected = observed.get(`torch-${version}/separate`)!;
        expect(actual.map(({ error }) => error)).toEqual(expected.map(({ error }) => error));
      }
    }
  });
});

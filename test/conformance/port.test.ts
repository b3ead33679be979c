/**
 * The result: the port equals every reference in every bit of every case.
 */
import { describe, expect, test } from 'vitest';
import { count } from '../../src/conformance/verdicts.ts';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { port } from '../../src/subject/port.ts';

const golden = readGolden();

describe.each(Object.keys(golden.references.references))('the port against %s', (reference) => {
  test('is exact in every case: 0 differing bits, parameters and state, errors and messages', async () => {
    const { runs } = await run(golden, port, { references: [reference] });
    const [own] = runs;
    expect(own!.cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(own!.compared).toEqual(['numbers', 'state', 'bookkeeping', 'errors', 'messages']);
    expect(count(own!, 'exact')).toBeGreaterThan(500);
    for (const dtype of ['float32', 'float64'] as const) {
      const ids = new Set(golden.cases.filter(({ needs }) => needs.includes(dtype)).map(({ id }) => id));
      const numbers = own!.cases.filter(({ id }) => ids.has(id)).map((result) => result.numbers!);
      expect(numbers.reduce((sum, { differing }) => sum + differing, 0)).toBe(0);
      expect(numbers.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(50_000);
    }
  });
});

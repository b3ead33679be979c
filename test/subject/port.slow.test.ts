/**
 * The result: the port equals every reference in every bit of every case.
 */
import { describe, expect, test } from 'vitest';
import { count } from '../../src/conformance/verdicts.ts';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { portSource } from '../../src/subject/module.ts';
import { port, portOf } from '../../src/subject/port.ts';

const golden = readGolden();

describe.each(Object.keys(golden.references.references))('the port against %s', (reference) => {
  test('is exact in every case: 0 differing bits, parameters and state, errors and messages', async () => {
    const { runs } = await run(golden, port, { references: [reference] });
    const [own] = runs;
    expect(own!.cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(own!.compared).toEqual(['numbers', 'state', 'bookkeeping', 'errors', 'messages']);
    expect(count(own!, 'exact')).toBeGreaterThan(500);
    expect(own!.cases.length).toBe(golden.cases.filter(({ observed }) => observed.has(reference)).length);
    for (const dtype of ['float32', 'float64'] as const) {
      const ids = new Set(golden.cases.filter(({ needs }) => needs.includes(dtype)).map(({ id }) => id));
      const numbers = own!.cases.filter(({ id }) => ids.has(id)).map((result) => result.numbers!);
      expect(numbers.reduce((sum, { differing }) => sum + differing, 0)).toBe(0);
      expect(numbers.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(50_000);
    }
  });
});

describe('the port against torch-2.11.0/cuda', () => {
  const references = ['torch-2.11.0/cuda'];

  test('is compared in numbers in every case', async () => {
    const { runs } = await run(golden, port, { references });
    expect(runs[0]!.cases.filter(({ numbers }) => !numbers || numbers.compared === 0)).toEqual([]);
  });

  test.each(['separate', 'fused'] as const)('differs when it computes in %s in its place', async (arithmetic) => {
    const other = portSource(arithmetic, (target) => portOf(RMSprop, target, { arithmetic }));
    // What is not exact need not be told apart by bounds.
    const { runs } = await run(golden, other, { references, exact: true });
    expect(count(runs[0]!, 'exact')).toBeLessThan(runs[0]!.cases.length);
    expect(runs[0]!.cases.some(({ numbers }) => numbers!.differing > 0)).toBe(true);
  });
});

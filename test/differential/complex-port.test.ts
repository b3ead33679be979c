/**
 * A port of real numbers that is given complex tensors, whose parts it trains as they come.
 */
import { expect, test } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { portSource } from '../../src/subject/module.ts';
import typedArrays from '../fixtures/ports/typed-arrays.ts';

const golden = readGolden(undefined, (name) => /^dtypes\/(flags|kinds|layouts)-complex/.test(name));
const references = ['torch-2.15.0/separate'] as const;

async function verdicts(change: Partial<typeof typedArrays>): Promise<Record<string, number>> {
  const port = { ...typedArrays, ...change } as never;
  const { runs } = await run(
    golden,
    portSource('parts', () => port),
    { references },
  );
  const counted: Record<string, number> = {};
  for (const { verdict } of runs[0]!.cases) counted[verdict] = (counted[verdict] ?? 0) + 1;
  return counted;
}

test('is exact, but for what weight decay makes of parts that are not finite', async () => {
  const supports = [...typedArrays.supports, 'complex' as const];
  const without = supports.filter((word) => word !== 'weight_decay');
  // Of each complex type 8 combinations of the flags and 3 of numbers of every kind need neither weight decay, nor lists, nor layouts.
  expect(await verdicts({ supports: without })).toEqual({ exact: 22, unsupported: 74 });
  // With weight decay 16 more combinations are right, and the 4 sets of numbers that are decayed wrong.
  const { exact, failed } = await verdicts({ supports });
  expect({ exact, failed }).toEqual({ exact: 38, failed: 8 });
});

test('that takes a number for its magnitude fails', async () => {
  const supports = [...typedArrays.supports, 'complex' as const].filter((word) => word !== 'weight_decay');
  const setGrad: typeof typedArrays.setGrad = (tensor, parts) => {
    tensor.grad = parts && parts.map((x, i) => (i % 2 ? 0 : Math.hypot(x, parts[i + 1]!)));
  };
  expect((await verdicts({ supports, setGrad }))['failed']).toBeGreaterThan(0);
});

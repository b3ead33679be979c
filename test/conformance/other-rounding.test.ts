/**
 * Cases of which rounding decides everything: a right port in another arithmetic has other numbers there, and passes.
 */
import { describe, expect, test } from 'vitest';
import { isOfAnotherRounding } from '../../src/conformance/other-rounding.ts';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { portSource } from '../../src/subject/module.ts';
import type { Observation } from '../../src/scenario/types.ts';
import { doublePort } from '../fixtures/double-port.ts';

const ids = ['numerics/lr-float32/lr=3e+38', 'numerics/constant-float32/alpha=0.3+centered'];
const golden = readGolden(undefined, (name) => ids.some((id) => id.startsWith(name)));
const cases = golden.cases.filter(({ id }) => ids.includes(id));
const separate = 'torch-2.15.0/separate';
const claims = new Set(['numbers', 'float32'] as const);

test('a right port in doubles that is rounded when it is stored conforms where a product overflows float32 alone', async () => {
  const port = doublePort({ parameters: false, alpha: false });
  const { runs } = await run(
    { ...golden, cases },
    portSource('doubles', () => port as never),
    { references: [separate] },
  );
  expect(runs[0]!.cases.map(({ verdict }) => verdict)).not.toContain('failed');
});

describe.each(cases.map((c) => [c.id, c] as const))('%s', (_id, c) => {
  const expected = c.observed.get(separate)!;
  const compiled = c.observed.get('torch-2.15.0/compiled')!;

  test('has what PyTorch compiles it to as right numbers', () => {
    expect(JSON.stringify(compiled)).not.toBe(JSON.stringify(expected));
    expect(isOfAnotherRounding({ case: c, expected, actual: compiled }, claims)).toBe(true);
  });

  test('has no other numbers as such', () => {
    const zeros = JSON.parse(
      JSON.stringify(compiled).replaceAll(/\b7fc00000\b|\bff800000\b|\b7f800000\b/g, '3f800000'),
    ) as Observation[];
    expect(isOfAnotherRounding({ case: c, expected, actual: zeros }, claims)).toBe(false);
  });
});

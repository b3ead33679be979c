/**
 * The result: the port equals every reference in every bit of every case.
 */
import { describe, expect, test } from 'vitest';
import { count } from '../../src/conformance/verdicts.ts';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { membersFor, type Need, NEEDS } from '../../src/scenario/needs.ts';
import type { Port } from '../../src/scenario/port.ts';
import { checkPort } from '../../src/subject/check-port.ts';
import { portSource, portSubject } from '../../src/subject/module.ts';
import { port, portOf } from '../../src/subject/port.ts';

const golden = readGolden();

describe.each(Object.keys(golden.references.references))('the port against %s', (reference) => {
  test('is exact in every case: 0 differing bits, parameters and state, errors and messages', async () => {
    const { runs } = await run(golden, port, { references: [reference] });
    const [own] = runs;
    expect(own!.cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(own!.compared).toEqual(['numbers', 'state', 'bookkeeping', 'errors', 'messages']);
    // Compiled steps are recorded file by file (NUM-8).
    const compiled = reference.endsWith('/compiled');
    expect(count(own!, 'exact')).toBeGreaterThanOrEqual(compiled ? 20 : 500);
    expect(own!.cases.length).toBe(golden.cases.filter(({ observed }) => observed.has(reference)).length);
    for (const dtype of ['float32', 'float64'] as const) {
      const ids = new Set(golden.cases.filter(({ needs }) => needs.includes(dtype)).map(({ id }) => id));
      const numbers = own!.cases.filter(({ id }) => ids.has(id)).map((result) => result.numbers!);
      expect(numbers.reduce((sum, { differing }) => sum + differing, 0)).toBe(0);
      expect(numbers.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(compiled ? 100 : 50_000);
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

describe('the port without one of the members that it may do without', () => {
  const reference = 'torch-2.13.0/separate';
  const target = { version: '2.13.0', arithmetic: 'separate' } as const;
  const whole = portOf(RMSprop, target);
  const members = Object.keys(whole).filter(
    (name) => !['name', 'supports', 'tensor', 'read', 'setGrad', 'optimizer', 'step'].includes(name),
  ) as (keyof Port)[];

  test('has all there are', () => {
    expect([...members].sort()).toEqual([
      ...['describe', 'fill', 'grad', 'objects', 'setOption', 'setState', 'state', 'stateOrder', 'takeWarnings'],
    ]);
  });

  /** Without objects, what takes them is the first to go; what is left are the plain members, of which one more may go. */
  test.each([
    ...members.map((member) => [[member]] as const),
    ...members.filter((member) => member !== 'objects').map((member) => [['objects', member]] as const),
  ])('%j is exact or unsupported in every case', async (gone: readonly (keyof Port)[]) => {
    const { port: lesser, lost } = without(whole as Port, gone);
    const source = { name: 'lesser', followsTarget: true, open: async () => portSubject(lesser) };
    checkPort(lesser, 'lesser');
    const { runs } = await run(golden, source, { references: [reference], exact: true });
    const bad = runs[0]!.cases.filter(({ verdict }) => verdict !== 'exact' && verdict !== 'unsupported');
    expect(bad.map(({ id }) => id)).toEqual([]);
    expect(count(runs[0]!, 'exact')).toBeGreaterThan(300);
    for (const { unclaimed = [] } of runs[0]!.cases)
      expect(unclaimed.filter((need) => need !== 'objects' && !(lost as readonly string[]).includes(need))).toEqual([]);
  });
});

/** A port without members, and without the claims that take one of them. */
function without(whole: Port, gone: readonly (keyof Port)[]): { readonly port: Port; readonly lost: readonly Need[] } {
  const port = Object.fromEntries(Object.entries(whole).filter(([name]) => !gone.includes(name as keyof Port)));
  const takes = (need: Need): boolean =>
    membersFor(need).some((member) => gone.includes(member.split('.')[0] as 'state'));
  // A port without objects says in these two what `bookkeeping` asks of tensors and of state.
  const looks = gone.some((member) => member === 'describe' || member === 'stateOrder');
  // With objects it goes on from a state dict, without them by members that it does not have.
  const resumes = !gone.includes('objects');
  const lost = NEEDS.filter(
    (need) => takes(need) || (looks && need === 'bookkeeping') || (!resumes && need === 'resume'),
  );
  return { port: { ...port, supports: NEEDS.filter((need) => !lost.includes(need)) } as unknown as Port, lost };
}

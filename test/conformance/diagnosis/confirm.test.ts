import { expect, test } from 'vitest';
import { portOf, type Spelling, textOf, type Truth } from '../../../scripts/variants/ports.ts';
import { readSelected } from '../../../src/cli/select.ts';
import {
  better,
  countExplained,
  explains,
  type FailedCase,
  type Held,
  hold,
  kindOf,
} from '../../../src/conformance/diagnosis/confirm.ts';
import { KINDS } from '../../../src/conformance/diagnosis/kinds.ts';
import { repositoryFolder } from '../../../src/golden/folder.ts';
import { NEEDS } from '../../../src/scenario/needs.ts';
import { portSubject } from '../../../src/subject/module.ts';

const { cases } = readSelected(repositoryFolder, 'step/flags-float32/*');
const REFERENCE = 'torch-2.15.0/separate';
const [separate] = KINDS;

async function failing(spelling: Spelling, truth: Truth, most: number = 6): Promise<FailedCase[]> {
  const subject = portSubject(await portOf(textOf(spelling, truth)!));
  const own = cases.filter(({ needs }) => needs.every((need) => subject.supports.includes(need))).slice(0, most);
  return Promise.all(
    own.map(async (one) => ({
      ...{ case: one, expected: one.observed.get(REFERENCE)!, numeric: true },
      actual: await subject.run(one.scenario),
    })),
  );
}

const held = async (spelling: Spelling, truth: Truth): Promise<Held[]> =>
  (await failing(spelling, truth)).map((one) => hold(one, [])!);

test('a case that did not fail in numbers, or that no rule can run, is not held', async () => {
  const [one] = await failing('float32', {});
  expect(hold(one!, [])).toBeDefined();
  expect(hold({ ...one!, numeric: false }, [])).toBeUndefined();
  const scenario = { ...one!.case.scenario, program: [{ op: 'optimizer', params: '$w', options: {} }] } as never;
  expect(hold({ ...one!, case: { ...one!.case, scenario } }, [])).toBeUndefined();
});

test('the true rule explains every case, the right one none', async () => {
  const sample = await held('float32', { eps: 'inside' });
  expect(sample.length).toBeGreaterThan(3);
  expect(countExplained({ eps: 'inside' }, separate!, sample)).toBe(sample.length);
  expect(countExplained({}, separate!, sample)).toBe(0);
  expect(explains({ eps: 'missing' }, separate!, sample[0]!)).toBe(false);
});

test.each([
  ['float32', 'separate'],
  ['expression', 'expression'],
  ['doubles', 'double-state'],
] as const)('a port in %s has most of its bits in %s', async (spelling, kind) => {
  const sample = await held(spelling, { start: 'one' });
  expect(kindOf({ start: 'one' }, sample).name).toBe(kind);
});

test('a rule is bettered value by value, within what is claimed', async () => {
  const truth = { start: 'one', weight_decay: 'ignored' };
  const sample = (await failing('float32', truth, 12)).map((one) => hold(one, [])!);
  const claims = new Set(NEEDS);
  expect(better({ start: 'one', squares: 'swapped' }, separate!, sample, claims)).toEqual(truth);
  expect(better(truth, separate!, sample, claims)).toEqual(truth);
  expect(better({ start: 'one' }, separate!, sample, new Set(['numbers', 'float32']))).toEqual({ start: 'one' });
});

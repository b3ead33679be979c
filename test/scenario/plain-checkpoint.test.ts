/**
 * Area `resume`, as ports over the plain members meet it, which are not of PyTorch's shape.
 */
import { expect, test } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { count, type Run } from '../../src/conformance/verdicts.ts';
import { readGolden } from '../../src/golden/read.ts';
import { type Flaw, resuming } from '../fixtures/ports/resuming.ts';
import { strangers } from '../fixtures/flawed-ports.ts';

const golden = readGolden(undefined, (name) => name.startsWith('resume/'));
const references = ['torch-2.15.0/separate'];

async function judged(flaw?: Flaw): Promise<Run> {
  const { runs } = await run(golden, strangers(resuming(flaw)), { references });
  return runs[0]!;
}

test('a right port over typed arrays goes on from every checkpoint, bit for bit', async () => {
  const only = await judged();
  expect(only.cases.filter(({ verdict }) => verdict !== 'exact' && verdict !== 'unsupported')).toEqual([]);
  // It does not claim that it throws where PyTorch does.
  expect(only.cases.filter(({ verdict }) => verdict === 'unsupported').map(({ id }) => id)).toEqual([
    'resume/edges/momentum-set-after',
    'resume/edges/centered-set-after',
  ]);
  expect(count(only, 'exact')).toBeGreaterThan(100);
});

test('one that rounds less is bounded: what is saved is within bounds too, and what it goes on to', async () => {
  const fused = resuming(undefined, (r) => ({
    addcmul: (x, a, b, v) => r(x + v * a * b),
    addcdiv: (x, a, b, v) => r(x + (v * a) / b),
    lerp: (start, end, w) => r(start + w * (end - start)),
  }));
  const { runs } = await run(golden, strangers(fused), { references });
  const [only] = runs;
  expect(count(only!, 'failed') + count(only!, 'broken')).toBe(0);
  expect(count(only!, 'bounded')).toBeGreaterThan(50);
});

test.each<[Flaw, id: string, where: RegExp]>([
  ['forgets-state', 'resume/loaded-float32/plain', /^checkpoint of scalar, step$/],
  ['keeps-options', 'resume/loaded-float32/plain+made-otherwise', /^checkpoint: lr of group 0$/],
  ['keeps-means', 'resume/loaded-float64/centered', /^checkpoint of scalar, grad_avg$/],
  ['does-not-cast', 'resume/float64-into-float32/plain', /^checkpoint of \w+, square_avg/],
  ['counts-anew', 'resume/trained-float32/plain+new', /^checkpoint of scalar, step$/],
  ['saves-other-names', 'resume/groups/loaded', /^checkpoint of scalar, square_avg$/],
  ['saves-no-options', 'resume/foreign/full', /^checkpoint: lr of group 0$/],
])('one that %s fails, and it is said where', async (flaw, id, where) => {
  const only = await judged(flaw);
  const { verdict, difference } = only.cases.find((result) => result.id === id)!;
  expect(verdict).toBe('failed');
  expect(difference?.facet).toBe('numbers');
  expect(difference?.where).toMatch(where);
});

test('the diagnosis says what is lost', async () => {
  const { diagnosis } = await judged('forgets-state');
  expect(diagnosis!.sanity).toContain(
    'load leaves square_avg of the checkpoint aside: with another one training goes on the same',
  );
});

test.each<Flaw>(['forgets-state', 'keeps-options', 'saves-no-options'])(
  'fresh programs find one that %s, whatever golden cases it knows',
  async (flaw) => {
    const chosen = { ...golden, cases: golden.cases.filter(({ id }) => id === 'resume/edges/momentum-set-after') };
    const fresh = { count: 60, seed: 3 };
    const claims = { ...resuming(flaw), supports: [...resuming().supports, 'errors'] as const };
    const { runs } = await run(chosen, strangers(claims), { references, fresh });
    const found = runs[0]!.fresh!.results.filter(({ verdict }) => verdict === 'failed');
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ difference }) => difference!.operation))).toContain('save');
  },
);

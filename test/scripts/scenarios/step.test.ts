/**
 * The product of all flags: every combination has a case of area step (on a GPU of area cuda) in every element type that every
 * reference observed.
 */
import { describe, expect, test } from 'vitest';
import { goldenFolder, goldenPaths } from '../../../src/golden/folder.ts';
import { readGoldenFile, readReferences } from '../../../src/golden/read.ts';

const FLAGS = ['momentum', 'centered', 'weight_decay', 'maximize', 'foreach', 'differentiable', 'capturable'] as const;

type Flags = Readonly<Record<(typeof FLAGS)[number], boolean | null>>;

/** What PyTorch has where an option is not given. */
const DEFAULTS: Flags = {
  ...{ momentum: false, centered: false, weight_decay: false, maximize: false },
  ...{ foreach: null, differentiable: false, capturable: false },
};

const product: readonly Flags[] = FLAGS.reduce<Flags[]>(
  (made, flag) =>
    made.flatMap((flags) =>
      (flag === 'foreach' ? [null, false, true] : [false, true]).map((on) => ({ ...flags, [flag]: on })),
    ),
  [DEFAULTS],
);

/** What is not to be had: without a reason here, a combination without a case fails the test. */
function excluded(flags: Flags, arithmetic: string): string | undefined {
  if (flags.capturable && flags.differentiable) return 'each of the two is refused, or takes a path of its own, alone';
  if (arithmetic === 'cuda' && flags.differentiable) return 'the recording of a GPU that was imported has no autograd';
  if (arithmetic === 'cuda' && flags.foreach === null && (flags.capturable || flags.weight_decay || flags.maximize))
    return 'there None is the foreach path (RMS-12), which has a case; the recording has None for momentum and centered alone';
  return undefined;
}

const files = goldenPaths(goldenFolder)
  .filter((path) => /\/(step|cuda)\/[^/]*$/.test(path))
  .map((path) => readGoldenFile(path));

/** The combinations of one element type that a reference observed. */
function observed(dtype: string, reference: string): Set<string> {
  const found = new Set<string>();
  for (const { tensors, cases } of files)
    for (const { program, observed: by } of cases) {
      const [made] = program;
      if (!(reference in by) || made?.op !== 'optimizer' || !Array.isArray(made.params)) continue;
      if ((made.params as readonly string[]).some((name) => tensors[name.slice(1)]?.dtype !== dtype)) continue;
      const options = made.options as Readonly<Record<string, boolean | number | null>>;
      const flags = FLAGS.map((flag) => options[flag] ?? DEFAULTS[flag]);
      found.add(JSON.stringify(flags.map((value) => (typeof value === 'number' ? value !== 0 : value))));
    }
  return found;
}

// Compiled steps are recorded file by file: of 2.13.0 and 2.14.1 not all that make up the product.
const parts = ['flags', 'differentiable', 'refused'].map((name) => `step/${name}-float32`);
const references = Object.entries(readReferences(goldenFolder).references)
  .filter(([name, { observed: own }]) => !name.endsWith('/compiled') || parts.every((part) => part in own))
  .map(([name]) => name);

describe.each(references)('%s', (reference) => {
  const arithmetic = reference.split('/')[1]!;
  // What torch.compile refuses or does not reach is said on the page of numerics; it has a test of its own.
  const all = product.filter((flags) => excluded(flags, arithmetic) === undefined);

  test.each(['float32', 'float64'])('has a case of every combination in %s', (dtype) => {
    const there = observed(dtype, reference);
    const missing = all.filter((flags) => !there.has(JSON.stringify(FLAGS.map((flag) => flags[flag]))));
    expect(missing).toEqual([]);
  });
});

test('the product has as many combinations as flags make, and excludes no more than it says', () => {
  expect(product.length).toBe(2 ** 6 * 3);
  const left = (arithmetic: string): number => product.filter((flags) => !excluded(flags, arithmetic)).length;
  expect([left('separate'), left('cuda')]).toEqual([144, 68]);
});

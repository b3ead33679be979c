/**
 * Parameters that are no plain C-ordered tensors: transposed, channels-last, and views with gaps.
 */
import type { Layout } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, STACKED, STATE, train } from './case.ts';
import { POSITION } from './sizes.ts';

const STEPS = 2;

/** Shapes whose last block of 64 bytes is not full, in either dtype. `thin` and `gray` are contiguous in spite of their strides. */
const VIEWS: Readonly<Record<string, readonly [Layout, readonly number[]]>> = {
  matrix: ['transposed', [5, 7]],
  cube: ['transposed', [3, 3, 5]],
  thin: ['transposed', [1, 20]],
  image: ['channels_last', [2, 3, 3, 5]],
  gray: ['channels_last', [2, 1, 3, 3]],
  columns: ['gapped', [3, 7]],
  every_second: ['gapped', [19]],
};

/** Group `layouts`. */
export function layouts(dtype: FloatingDType): Group {
  const names = Object.keys(VIEWS);
  const bell = bells(8);
  const fill = (number: () => number): Record<string, number[]> =>
    Object.fromEntries(Object.entries(VIEWS).map(([name, [, shape]]) => [name, numbersOf(shape, number)]));
  return group(dtype, 'layouts', 'transposed, channels-last and gapped parameters', {
    tensors: Object.fromEntries(
      Object.entries(VIEWS).map(([name, [layout, shape]]) => [
        name,
        { ...parameter(dtype, shape, numbersOf(shape, bell)), layout },
      ]),
    ),
    gradients: {
      noisy: sequence(dtype, STEPS, () => fill(bell)),
      zero: sequence(dtype, 1, () => fill(() => 0)),
    },
    cases: [
      ...[{}, STACKED].flatMap(bothPaths).map((options) => layoutCase(dtype, names, options, 'noisy', STEPS)),
      ...bothPaths(POSITION).map((options) => layoutCase(dtype, names, options, 'zero', 1)),
    ],
  });
}

/** Views with gaps, of which some dimension has one element: whose place among the others its stride alone decides. */
const ONES: readonly (readonly number[])[] = [
  [1],
  [3, 1],
  [1, 3],
  [2, 1, 3],
  [2, 3, 1],
  [1, 2, 3],
  [1, 3, 1],
  [3, 1, 1],
];

/** Group `ones-with-gaps`: what strides the buffers get. */
export function onesWithGaps(dtype: FloatingDType): Group {
  const bell = bells(12);
  const named = (of: (shape: readonly number[]) => unknown): Record<string, unknown> =>
    Object.fromEntries(ONES.map((shape) => [`w${shape.join('x')}`, of(shape)]));
  const tensors = named((shape) => ({
    ...parameter(dtype, shape, numbersOf(shape, bell)),
    layout: 'gapped',
  })) as Group['tensors'];
  const names = Object.keys(tensors);
  const noisy = sequence(dtype, 2, () => named((shape) => numbersOf(shape, bell)) as Record<string, number[]>);
  return group(dtype, 'ones-with-gaps', 'gapped parameters with dimensions of one element', {
    ...{ tensors, gradients: { noisy } },
    cases: [{}, STACKED].flatMap(bothPaths).map((options) =>
      caseOf(dtype, names, options, [train('noisy', 2), STATE], {
        clauses: ['STA-3'],
        needs: ['layouts', 'state', 'bookkeeping'],
      }),
    ),
  });
}

function layoutCase(
  dtype: FloatingDType,
  names: readonly string[],
  options: Options,
  gradients: string,
  steps: number,
): ScenarioCase {
  return caseOf(dtype, names, options, [train(gradients, steps, { params_at: [steps] }), STATE], {
    clauses: ['NUM-7', 'STA-3'],
    needs: ['layouts', ...(gradients === 'zero' ? (['state', 'blocks'] as const) : [])],
  });
}

function numbersOf(shape: readonly number[], number: () => number): number[] {
  return Array.from({ length: shape.reduce((product, size) => product * size, 1) }, number);
}

/**
 * Learning rates: zero, tiny, huge, integral, infinite, too large for the dtype, changed in mid-run.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, set, slug, STATE, train } from './case.ts';

const STEPS = 8;
const NAMES = ['a', 'b'];

/** Values of lr; in float32 the second is subnormal, and 1e-50 is rounded to zero. */
const VALUES: Readonly<Record<FloatingDType, readonly Value[]>> = {
  float32: [0, 1e-42, 1e-50, 1, 3, 1e10, 1e30, 3e38, { $float: 'inf' }],
  float64: [0, 1e-310, 1e-50, 1, 3, 1e10, 1e30, 1e300, { $float: 'inf' }],
  float16: [0, 1e-7, 1e-50, 1, 3, 1e4, 1e5, 3e38, { $float: 'inf' }],
  bfloat16: [0, 1e-40, 1e-50, 1, 3, 1e10, 1e30, 3e38, { $float: 'inf' }],
};

/** Group `lr`. */
export function lr(dtype: FloatingDType): Group {
  const bell = bells(4);
  const numbers = (): number[] => Array.from({ length: 5 }, bell);
  return group(dtype, 'lr', 'learning rates of every size, and changed in mid-run', {
    tensors: {
      a: parameter(dtype, [5], numbers()),
      b: parameter(dtype, [5], numbers()),
      zeros: parameter(dtype, [2, 2], [0, -0, 0, -0]),
    },
    gradients: {
      noisy: sequence(dtype, STEPS, () => ({ a: numbers(), b: numbers() })),
      signs: sequence(dtype, 2, () => ({ zeros: [0.5, 0.5, -0.5, -0.5] })),
    },
    cases: [
      ...VALUES[dtype].flatMap((value) => flags({ lr: value }).map((options) => plain(dtype, options))),
      ...flags({}).map((options) => changed(dtype, options)),
      ...[{}, { momentum: 0.9 }].map((options) => zeroes(dtype, options)),
      ...flags({}).map((options) => tooLarge(dtype, options)),
    ],
  });
}

function flags(own: Options): readonly Options[] {
  return [{ ...own }, { ...own, momentum: 0.9 }, { ...own, centered: true }].flatMap(bothPaths);
}

function plain(dtype: FloatingDType, options: Options): ScenarioCase {
  return caseOf(dtype, NAMES, options, [train('noisy', 3, { params_at: [1, 3] }), STATE]);
}

function changed(dtype: FloatingDType, options: Options): ScenarioCase {
  const ops = [
    train('noisy', 2),
    set('lr', 1),
    train('noisy', 2, { after: 2 }),
    set('lr', 0),
    train('noisy', 1, { after: 4 }),
    set('lr', -0.003),
    train('noisy', 3, { after: 5 }),
    STATE,
  ];
  return caseOf(dtype, NAMES, options, ops, {
    id: slug(options, 'changed'),
    clauses: ['RMS-10', 'OPT-3'],
    needs: ['lr-change'],
    catches: options.momentum ? ['lr-inside-buffer'] : [],
  });
}

/** Python's int 0 has no negative: -0 keeps its sign under lr = 0.0, not under lr = 0. */
function zeroes(dtype: FloatingDType, options: Options): ScenarioCase {
  const own = { lr: 0, ...options };
  return caseOf(dtype, ['zeros'], own, [train('signs', 2), STATE], {
    id: slug(own, 'over-zeros'),
    needs: ['int-zero'],
  });
}

/** In float32 the update of the parameter is refused, with the state already updated. */
function tooLarge(dtype: FloatingDType, options: Options): ScenarioCase {
  const ops = [
    train('noisy', 2),
    set('lr', 1e39),
    train('noisy', 1, { after: 2 }),
    { op: 'read', tensors: NAMES } as const,
    STATE,
    set('lr', 0.01),
    train('noisy', 2, { after: 3 }),
    STATE,
  ];
  const needs = ['lr-change', ...(dtype === 'float32' ? (['errors'] as const) : [])] as const;
  return caseOf(dtype, NAMES, options, ops, { id: slug(options, '1e39'), clauses: ['RMS-3', 'RMS-10'], needs });
}

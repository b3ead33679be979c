/**
 * What a compiled step rounds otherwise (clause NUM-8): the complement of a weight of 0.5 or more, in float32 that of a double or of
 * a float32 number; and, with a learning rate that is a float64 tensor, float32 parameters without dimensions, which are updated in
 * float64.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells, bitsOf } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STATE, train } from './case.ts';

const STEPS = 6;

/** 1 - 0.1 and 1 - 0.3 are other numbers in float32 than the complements of their float32 neighbours. */
const ALPHAS = [0.1, 0.3];

/** Group `compiled`. */
export function compiled(dtype: FloatingDType): Group {
  const bell = bells(13);
  const numbers = (n: number): number[] => Array.from({ length: n }, bell);
  const rate = (own: FloatingDType) => ({ dtype: own, shape: [], bits: bitsOf(own, [0.01]) });
  return group(dtype, 'compiled', 'what a compiled step rounds otherwise', {
    tensors: {
      scalar: parameter(dtype, [], numbers(1)),
      other: parameter(dtype, [], numbers(1)),
      vector: parameter(dtype, [7], numbers(7)),
      lr_float32: rate('float32'),
      lr_float64: rate('float64'),
    },
    gradients: {
      noisy: sequence(dtype, STEPS, () => ({ scalar: numbers(1), other: numbers(1), vector: numbers(7) })),
    },
    cases: [
      ...ALPHAS.map((alpha) => ({ alpha, centered: true }))
        .flatMap(bothPaths)
        .map((options) => plain(dtype, options)),
      ...[{}, { momentum: 0.9 }].flatMap(bothPaths).flatMap((options) => byTensor(dtype, options)),
    ],
  });
}

function plain(dtype: FloatingDType, options: Options): ScenarioCase {
  return caseOf(dtype, ['scalar', 'other', 'vector'], options, [train('noisy', STEPS), STATE]);
}

function byTensor(dtype: FloatingDType, options: Options): readonly ScenarioCase[] {
  return ['lr_float32', 'lr_float64'].map((lr) =>
    caseOf(dtype, ['scalar', 'other', 'vector'], { ...options, lr: `$${lr}` }, [train('noisy', STEPS), STATE], {
      id: slug(options, lr.replaceAll('_', '-')),
      clauses: ['OPT-4'],
      needs: ['tensor-lr'],
    }),
  );
}

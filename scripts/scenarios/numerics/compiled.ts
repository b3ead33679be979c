/**
 * A learning rate that is a tensor beside parameters with dimensions and without: of those without a compiled step updates float32
 * ones in float64, where the rate is of float64 (clause NUM-8).
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells, bitsOf } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STATE, train } from './case.ts';

const STEPS = 6;

/** Group `compiled`. */
export function compiled(dtype: FloatingDType): Group {
  const bell = bells(13);
  const numbers = (n: number): number[] => Array.from({ length: n }, bell);
  const rate = (own: FloatingDType) => ({ dtype: own, shape: [], bits: bitsOf(own, [0.01]) });
  return group(dtype, 'compiled', 'a learning rate that is a tensor, parameters with and without dimensions', {
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
    cases: [{}, { momentum: 0.9 }].flatMap(bothPaths).flatMap((options) => byTensor(dtype, options)),
  });
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

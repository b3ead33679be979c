/**
 * A learning rate that is a tensor, filled in place between steps, as PyTorch's schedulers do since 2.4; and, with it, the element
 * type that tensors have by default.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells, bitsOf } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STATE, train } from './case.ts';

const NAMES = ['a', 'b'];

/** Group `filled`. */
export function filled(dtype: FloatingDType): Group {
  const bell = bells(9);
  const numbers = (): number[] => Array.from({ length: 3 }, bell);
  const rate = (own: FloatingDType, shape: readonly number[]) => ({ dtype: own, shape, bits: bitsOf(own, [0.01]) });
  return group(dtype, 'filled', 'a learning rate that is a tensor, filled in place between steps', {
    tensors: {
      a: parameter(dtype, [3], numbers()),
      b: parameter(dtype, [3, 1], numbers()),
      lr_float32: rate('float32', []),
      lr_float64: rate('float64', []),
      lr_of_rank_1: rate('float32', [1]),
    },
    gradients: { noisy: sequence(dtype, 6, () => ({ a: numbers(), b: numbers() })) },
    cases: [{}, { momentum: 0.9, centered: true }].flatMap(bothPaths).flatMap((options) => cases(dtype, options)),
  });
}

function cases(dtype: FloatingDType, options: Options): readonly ScenarioCase[] {
  const by = (lr: string): ScenarioCase =>
    caseOf(dtype, NAMES, { ...options, lr: `$${lr}` }, filling(lr), {
      id: slug(options, lr.replaceAll('_', '-')),
      clauses: ['OPT-4'],
      needs: ['tensor-lr', 'fill', ...(lr === 'lr_of_rank_1' ? (['errors', 'messages'] as const) : [])],
    });
  const wide = caseOf(dtype, NAMES, { ...options, lr: '$lr_float64' }, filling('lr_float64'), {
    id: slug(options, 'lr-float64+default-float64'),
    clauses: ['OPT-4', 'STA-2'],
    needs: ['tensor-lr', 'fill', 'default-dtype', 'bookkeeping'],
  });
  return [
    ...['lr_float32', 'lr_float64', 'lr_of_rank_1'].map(by),
    { ...wide, program: [{ op: 'default_dtype', dtype: 'float64' }, ...wide.program] },
  ];
}

/** 0.1 is another number in float32. */
function filling(tensor: string): readonly Op[] {
  return [
    train('noisy', 2),
    { op: 'fill', tensor, value: 0.1 },
    train('noisy', 2, { after: 2 }),
    { op: 'fill', tensor, value: 0 },
    train('noisy', 1, { after: 4 }),
    { op: 'fill', tensor, value: -0.003 },
    train('noisy', 1, { after: 5 }),
    STATE,
  ];
}

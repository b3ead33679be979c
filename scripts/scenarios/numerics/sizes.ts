/**
 * Numbers of elements around the block sizes of vectorised kernels, and the one result that depends on an element's position.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STACKED, STATE, train } from './case.ts';

const STEPS = 2;

/** With these options a zero gradient shows which elements lie in blocks: `grad_avg` becomes -0 there and +0 elsewhere. */
export const POSITION: Options = { alpha: 0, centered: true, maximize: true };

/** Group `sizes`: from 1 to 65 elements. In a block the sign turns at every step: the state is observed after two. */
export function sizes(dtype: FloatingDType): Group {
  const numels = [1, 4, 15, 16, 17, 64, 65];
  const names = numels.map((n) => `n${n}`);
  const cases = [
    ...[{}, STACKED].flatMap(bothPaths).map((options) => noisy(dtype, names, options, true)),
    ...bothPaths(POSITION).map((options) => position(dtype, names, options, 2)),
  ];
  return group(dtype, 'sizes', 'from 1 to 65 elements', { ...inputs(dtype, numels, 6), cases });
}

/** Group `thousand`: 1000 elements, of which 8 lie in no block in float32, and none in float64. */
export function thousand(dtype: FloatingDType): Group {
  const cases = [
    ...bothPaths(STACKED).map((options) => noisy(dtype, ['n1000'], options, false)),
    position(dtype, ['n1000'], POSITION, 1),
  ];
  return group(dtype, 'thousand', '1000 elements', { ...inputs(dtype, [1000], 12), cases });
}

/** Group `empty`: tensors without elements. */
export function empty(dtype: FloatingDType): Group {
  const bell = bells(7);
  const some = (): number[] => Array.from({ length: 4 }, bell);
  return group(dtype, 'empty', 'tensors without elements beside one that has some', {
    tensors: {
      none: parameter(dtype, [0], []),
      some: parameter(dtype, [4], some()),
      flat: parameter(dtype, [2, 0, 3], []),
    },
    gradients: { noisy: sequence(dtype, STEPS, () => ({ none: [], some: some(), flat: [] })) },
    cases: [{}, STACKED].flatMap(bothPaths).map((options) =>
      caseOf(dtype, ['none', 'some', 'flat'], options, [train('noisy', STEPS), STATE], {
        clauses: ['RMS-1', 'RMS-3', 'STA-3'],
        needs: ['empty-tensors'],
      }),
    ),
  });
}

function inputs(dtype: FloatingDType, numels: readonly number[], seed: number): Pick<Group, 'tensors' | 'gradients'> {
  const bell = bells(seed);
  const fill = (number: () => number): Record<string, number[]> =>
    Object.fromEntries(numels.map((n) => [`n${n}`, Array.from({ length: n }, number)]));
  return {
    tensors: Object.fromEntries(
      Object.entries(fill(bell)).map(([name, numbers]) => [name, parameter(dtype, [numbers.length], numbers)]),
    ),
    gradients: {
      noisy: sequence(dtype, STEPS, () => fill(bell)),
      zero: sequence(dtype, 1, () => fill(() => 0)),
    },
  };
}

function noisy(dtype: FloatingDType, names: readonly string[], options: Options, state: boolean): ScenarioCase {
  const ops = [train('noisy', STEPS, { params_at: [STEPS] }), ...(state ? [STATE] : [])];
  return caseOf(dtype, names, options, ops, { id: slug(options, 'noisy'), clauses: ['NUM-7'] });
}

function position(dtype: FloatingDType, names: readonly string[], options: Options, steps: number): ScenarioCase {
  const ops = Array.from({ length: steps }, () => [train('zero', 1, { params_at: [] }), STATE]).flat();
  return caseOf(dtype, names, options, ops, {
    id: slug(options, 'zero'),
    clauses: ['NUM-7'],
    needs: ['state', 'blocks'],
  });
}

/**
 * Weights whose complement is in float32 that of a double or of a float32 number, which compiled steps differ in (clause NUM-8).
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group } from '../group.ts';
import { bells } from '../random.ts';
import { bothPaths, caseOf, group, parameter, sequence, STATE, train } from './case.ts';

const STEPS = 6;

/** 1 - 0.1 and 1 - 0.3 are other numbers in float32 than the complements of their float32 neighbours. */
const ALPHAS = [0.1, 0.3];

/** Group `complement`. */
export function complement(dtype: FloatingDType): Group {
  const bell = bells(14);
  const numbers = (n: number): number[] => Array.from({ length: n }, bell);
  return group(dtype, 'complement', 'running means with weights of more than a half', {
    tensors: { scalar: parameter(dtype, [], numbers(1)), vector: parameter(dtype, [7], numbers(7)) },
    gradients: { noisy: sequence(dtype, STEPS, () => ({ scalar: numbers(1), vector: numbers(7) })) },
    cases: ALPHAS.map((alpha) => ({ alpha, centered: true }))
      .flatMap(bothPaths)
      .map((options) => caseOf(dtype, ['scalar', 'vector'], options, [train('noisy', STEPS), STATE])),
  });
}

/**
 * A None gradient for one of several parameters of one shape, on the first step, on a later one, on every one; and for all.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group } from '../group.ts';
import { bells } from '../random.ts';
import { bothPaths, caseOf, group, parameter, sequence, slug, STACKED, STATE, train } from './case.ts';

const NAMES = ['a', 'b', 'c'];
const STEPS = 4;

/** For each sequence: whether the gradient of a tensor is None at a step. */
const NONE: Readonly<Record<string, (name: string, step: number) => boolean>> = {
  first: (name, step) => name === 'b' && step === 1,
  later: (name, step) => name === 'b' && step === 3,
  never: (name) => name === 'b',
  all: (_name, step) => step === 2,
};

/** Group `none`. */
export function none(dtype: FloatingDType): Group {
  const bell = bells(5);
  const numbers = (): number[] => Array.from({ length: 4 }, bell);
  return group(dtype, 'none', 'a None gradient for one of three parameters of one shape', {
    tensors: Object.fromEntries(NAMES.map((name) => [name, parameter(dtype, [2, 2], numbers())])),
    gradients: Object.fromEntries(
      Object.entries(NONE).map(([key, isNone]) => [
        key,
        sequence(dtype, STEPS, (step) =>
          Object.fromEntries(NAMES.map((name) => [name, isNone(name, step) ? null : numbers()])),
        ),
      ]),
    ),
    cases: Object.keys(NONE).flatMap((key) =>
      [{}, STACKED].flatMap(bothPaths).map((options) =>
        caseOf(dtype, NAMES, options, [train(key, 1), STATE, train(key, STEPS - 1, { after: 1 }), STATE], {
          id: slug(options, key),
          clauses: ['RMS-1', 'RMS-3', 'STA-1'],
          needs: ['none-gradients'],
        }),
      ),
    ),
  });
}

/**
 * Long runs: the centered variant under a constant gradient until it turns NaN, 1000 steps, and step counters that saturate.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group } from '../group.ts';
import { bells } from '../random.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STACKED, STATE, train } from './case.ts';

const ROUND = 50;

/** Group `constant`: rounding makes the variance of a constant gradient negative, later for a larger alpha. */
export function constant(dtype: FloatingDType): Group {
  const bell = bells(9);
  const gradient = Array.from({ length: 20 }, bell);
  // Rounds of one short sequence, seen at steps 50, 150 and 600.
  const rounds = Array.from({ length: 12 }, (_, i) =>
    train('constant', ROUND, { params_at: [0, 2, 11].includes(i) ? [ROUND] : [] }),
  );
  const flags: Options[] = [{}, { momentum: 0.9 }];
  return group(dtype, 'constant', 'the centered variant under a constant gradient, until it turns NaN', {
    tensors: { w: parameter(dtype, [gradient.length], Array.from({ length: gradient.length }, bell)) },
    gradients: { constant: sequence(dtype, ROUND, () => ({ w: gradient })) },
    cases: [0.3, 0.5, 0.9].flatMap((alpha) =>
      flags.map((own) =>
        caseOf(dtype, ['w'], { alpha, centered: true, ...own }, [...rounds, STATE], { clauses: ['RMS-17'] }),
      ),
    ),
  });
}

/** Group `long`: 1000 steps. */
export function long(dtype: FloatingDType): Group {
  const steps = 1000;
  const bell = bells(10);
  const numbers = (): number[] => Array.from({ length: 3 }, bell);
  const flags: Options[] = [{}, { momentum: 0.9 }, { centered: true }, { ...STACKED, maximize: true }];
  return group(dtype, 'long', `${steps} steps`, {
    tensors: { w: parameter(dtype, [3], numbers()) },
    gradients: { noisy: sequence(dtype, steps, () => ({ w: numbers() })) },
    cases: flags.map((options) =>
      caseOf(dtype, ['w'], options, [train('noisy', steps, { params_at: [1, 10, 100, 500, steps] }), STATE]),
    ),
  });
}

/** Group `step-counter`: a float32 counter stops at 2^24, an int goes on. */
export function stepCounter(dtype: FloatingDType): Group {
  const bell = bells(11);
  const numbers = (): number[] => Array.from({ length: 2 }, bell);
  const setStep = (value: number): Op => ({ op: 'set_state', tensor: 'a', key: 'step', value });
  const at = (value: number): Op[] => [
    setStep(value),
    ...[1, 2].flatMap((after) => [train('noisy', 1, { after }), STATE]),
  ];
  return group(dtype, 'step-counter', 'step counters at 2^24', {
    tensors: { a: parameter(dtype, [2], numbers()), b: parameter(dtype, [2], numbers()) },
    gradients: { noisy: sequence(dtype, 3, () => ({ a: numbers(), b: numbers() })) },
    cases: [2 ** 24 - 1, 2 ** 24, 2 ** 24 + 1].flatMap((value) =>
      [{}, STACKED].flatMap(bothPaths).map((options) =>
        caseOf(dtype, ['a', 'b'], options, [train('noisy', 1), ...at(value)], {
          id: slug(options, `${value}`),
          clauses: ['RMS-3', 'STA-2'],
          needs: ['set-state', 'bookkeeping'],
        }),
      ),
    ),
  });
}

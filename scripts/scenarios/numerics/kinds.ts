/**
 * Numbers of every kind, as gradients and as parameters: zeros, powers of ten, subnormals, NaN, infinities.
 */
import type { Gradients, TensorSpec } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import { bells } from '../random.ts';
import { type Options, parameter, sequence } from './case.ts';

/** The parameters of `kinds`. */
export const KIND_NAMES = ['steady', 'powers', 'subnormal', 'broken', 'values'] as const;

/** Steps of the sequence of gradients of every kind. */
export const KIND_STEPS = 6;

/** Kinds that depend on the range of the dtype. */
const RANGE: Readonly<Record<FloatingDType, { powers: number[]; subnormal: number[]; largest: number }>> = {
  float32: {
    powers: [1e-30, 1e-20, 1e-10, 1e10, 1e20, 1e30],
    subnormal: [2 ** -149, 1e-40, 2 ** -126 - 2 ** -149],
    largest: 2 ** 128 - 2 ** 104,
  },
  float64: {
    powers: [1e-200, 1e-100, 1e-30, 1e30, 1e100, 1e200],
    subnormal: [2 ** -1074, 1e-310, 2 ** -1022 - 2 ** -1074],
    largest: Number.MAX_VALUE,
  },
  float16: {
    powers: [1e-5, 1e-4, 1e-3, 10, 300, 3000],
    subnormal: [2 ** -24, 2e-5, 2 ** -14 - 2 ** -24],
    largest: 65504,
  },
  bfloat16: {
    powers: [1e-30, 1e-20, 1e-10, 1e10, 1e20, 1e30],
    subnormal: [2 ** -133, 1e-39, 2 ** -126 - 2 ** -133],
    largest: 2 ** 128 - 2 ** 120,
  },
};

/**
 * Parameters by the kind of their gradients. `steady`: rows with gradient 0, -0, constant and alternating; columns with
 * parameter 1.5 and -0. `broken` has one NaN, one infinity and one negative infinity, in step 3. `values` has ordinary
 * gradients and parameters of every kind.
 */
export function kinds(dtype: FloatingDType): Record<string, TensorSpec> {
  const { powers, subnormal } = RANGE[dtype];
  const values = valuesOf(dtype);
  return {
    steady: parameter(dtype, [4, 2], [1.5, -0, 1.5, -0, 1.5, -0, 1.5, -0]),
    powers: parameter(dtype, [powers.length], [0.75, -0.75, 0.75, -0.75, 0.75, -0.75]),
    subnormal: parameter(dtype, [subnormal.length], [0, 2, ...subnormal.slice(0, 1)]),
    broken: parameter(dtype, [3], [1, -2, 3]),
    values: parameter(dtype, [values.length], values),
  };
}

/** Gradients for `kinds`. */
export function kindGradients(dtype: FloatingDType): Gradients[] {
  const { powers, subnormal } = RANGE[dtype];
  const bell = bells(3);
  return sequence(dtype, KIND_STEPS, (step) => {
    const sign = step % 2 ? 1 : -1;
    return {
      steady: [0, 0, -0, -0, 0.3, 0.3, 0.3 * sign, 0.3 * sign],
      powers: powers.map((power) => power * (1 + step / 7)),
      subnormal: subnormal.map((x) => x * sign),
      broken: step === 3 ? [NaN, Infinity, -Infinity] : [0.25, 0.25, 0.25],
      values: valuesOf(dtype).map(bell),
    };
  });
}

/**
 * The wrong rules that a case over `kinds` tells from right, by more than any rounding.
 *
 * @param state whether the case observes the state
 */
export function catchesOf(options: Options, state: boolean): string[] {
  const { alpha = 0.99, eps = 1e-8, momentum = 0, centered = false, weight_decay = 0 } = options;
  const decay = weight_decay ? ['decoupled-weight-decay'] : [];
  // The variance is rounding alone: nothing is left to tell by.
  if (alpha === 0 && centered) return [];
  // The variance is zero, or nothing is small beside the decay: only the decay itself is seen.
  if (alpha === 1 || weight_decay >= 1e30) return decay;
  const rootSeen = eps !== 0 && !(eps < 1e-3 && weight_decay && alpha < 0.9);
  // While lr is constant the parameters are the same; only the buffer tells.
  const bufferSeen = momentum !== 0 && state;
  return [
    ...(rootSeen ? ['eps-inside-root'] : []),
    ...(bufferSeen ? ['lr-inside-buffer'] : []),
    ...decay,
    ...(centered ? ['stale-mean'] : []),
  ];
}

function valuesOf(dtype: FloatingDType): number[] {
  const { powers, subnormal, largest } = RANGE[dtype];
  return [0, -0, powers[0]!, powers.at(-1)!, subnormal[1]!, -subnormal[0]!, largest, NaN, Infinity, -Infinity];
}

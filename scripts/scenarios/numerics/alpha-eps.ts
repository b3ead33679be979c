/**
 * Values of alpha and eps over numbers of every kind, and every combination of the flags.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bothPaths, caseOf, group, type Options, STACKED, STATE, train } from './case.ts';
import { catchesOf, KIND_NAMES, KIND_STEPS, kindGradients, kinds } from './kinds.ts';

const ALPHAS = [0, 0.3, 0.5, 0.9, 0.99, 0.999, 1];
const EPSILONS = [0, 1e-8, 1e-3, 1];
const OBSERVED = train('kinds', KIND_STEPS, { params_at: [2, KIND_STEPS] });

/** Group `alpha-eps`: every alpha with every eps. */
export function alphaEps(dtype: FloatingDType): Group {
  const pairs = ALPHAS.flatMap((alpha) => EPSILONS.map((eps) => ({ alpha, eps })));
  return group(dtype, 'alpha-eps', 'every alpha with every eps over numbers of every kind', {
    ...{ tensors: kinds(dtype), gradients: { kinds: kindGradients(dtype) } },
    cases: [
      ...pairs.flatMap((pair) => [pair, { ...pair, ...STACKED, maximize: true }].map((own) => pairCase(dtype, own))),
      // eps reaches neither running mean, so one eps stands for all where state is observed.
      ...ALPHAS.map((alpha) => pairCase(dtype, { alpha, centered: true }, true)),
    ],
  });
}

function pairCase(dtype: FloatingDType, options: Options, state: boolean = false): ScenarioCase {
  return caseOf(dtype, KIND_NAMES, options, [OBSERVED, ...(state ? [STATE] : [])], {
    clauses: ['NUM-6', ...(options.centered ? ['RMS-17'] : [])],
    catches: catchesOf(options, state),
  });
}

/** Group `kinds`: every combination of the flags, for-loop and foreach. */
export function flagKinds(dtype: FloatingDType): Group {
  const on = <K extends keyof Options>(name: K, value: Options[K]): Options[] => [{}, { [name]: value }];
  const flags = on('momentum', 0.9).flatMap((momentum) =>
    on('centered', true).flatMap((centered) =>
      on('weight_decay', 0.1).flatMap((decay) =>
        on('maximize', true).map((maximize): Options => ({ ...momentum, ...centered, ...decay, ...maximize })),
      ),
    ),
  );
  return group(dtype, 'kinds', 'every combination of the flags over numbers of every kind', {
    ...{ tensors: kinds(dtype), gradients: { kinds: kindGradients(dtype) } },
    cases: flags.flatMap(bothPaths).map((options) =>
      caseOf(dtype, KIND_NAMES, options, [OBSERVED, STATE], {
        clauses: ['NUM-6'],
        catches: catchesOf(options, true),
      }),
    ),
  });
}

/**
 * Area `dtypes`: complex tensors (complex.ts) and the half types, float16 and bfloat16: of these every combination of the flags, the stress of area `numerics`, element types
 * side by side in one group, and state of one loaded for parameters of another.
 */
import { type FloatingDType, type HalfDType, half_dtypes } from '../../src/tensor/dtype.ts';
import { complexGroups } from './complex.ts';
import type { Group } from './group.ts';
import { flagKinds, alphaEps } from './numerics/alpha-eps.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, STACKED, STATE, train } from './numerics/case.ts';
import { layouts } from './numerics/layouts.ts';
import { long } from './numerics/long.ts';
import { lr } from './numerics/lr.ts';
import { momentum } from './numerics/momentum.ts';
import { none } from './numerics/none.ts';
import { sizes } from './numerics/sizes.ts';
import { weightDecay } from './numerics/weight-decay.ts';
import { bells } from './random.ts';
import { dtypesInto } from './state-dict/cast.ts';
import { halfFlags } from './step.ts';

const STRESS = [alphaEps, flagKinds, momentum, lr, weightDecay, none, sizes, layouts, long];

/** The groups of area `dtypes`. */
export function dtypesGroups(): Group[] {
  return [
    ...half_dtypes.flatMap((dtype) => [halfFlags(dtype), ...STRESS.map((make) => make(dtype)), steady(dtype)]),
    mixed(),
    ...CASTS.map(([from, to]) => dtypesInto('dtypes', from, to)),
    ...complexGroups(),
  ];
}

const CASTS: readonly (readonly [FloatingDType, FloatingDType])[] = [
  ...half_dtypes.flatMap((half) => [['float32', half] as const, [half, 'float32'] as const]),
  ...half_dtypes.flatMap((half) => [['float64', half] as const, [half, 'float64'] as const]),
  ...[['float16', 'bfloat16'] as const, ['bfloat16', 'float16'] as const],
];

/** Group `steady`: 1000 steps of the same gradients, after which the mean of squares shows how alpha was rounded. */
function steady(dtype: HalfDType): Group {
  const steps = 1000;
  const flags: Options[] = [{}, { momentum: 0.9 }, { eps: 1e-4 }, { ...STACKED, eps: 1e-4 }];
  return group(dtype, 'steady', `${steps} steps of the same gradients`, {
    tensors: { w: parameter(dtype, [5], [1, -2, 0.5, 3, 0.25]) },
    gradients: { same: sequence(dtype, steps, () => ({ w: [0.5, 300, 3000, 1e-5, 0] })) },
    cases: flags
      .flatMap(bothPaths)
      .map((options) =>
        caseOf(dtype, ['w'], options, [train('same', steps, { params_at: [1, 2, 10, 100, steps] }), STATE]),
      ),
  });
}

/** Group `mixed`: parameters of four element types in one group; on the path over lists 2.1 refuses float16 at a place that nothing settles. */
function mixed(): Group {
  const bell = bells(15);
  const all = ['float32', 'float64', 'float16', 'bfloat16'] as const;
  const numbers = (): number[] => Array.from({ length: 5 }, bell);
  const steps = 4;
  const gradients = all.map((dtype) => sequence(dtype, steps, () => ({ [dtype]: numbers() })));
  const flags: Options[] = [{}, { momentum: 0.9 }, STACKED];
  return {
    ...{ area: 'dtypes', name: 'mixed', title: 'parameters of four element types in one group' },
    tensors: Object.fromEntries(all.map((dtype) => [dtype, parameter(dtype, [5], numbers())])),
    gradients: { noisy: gradients[0]!.map((_, i) => Object.assign({}, ...gradients.map((own) => own[i]))) },
    cases: flags.flatMap(bothPaths).map((options) => {
      const names = options.foreach ? all.filter((dtype) => dtype !== 'float16') : all;
      return caseOf('bfloat16', names, options, [train('noisy', steps), STATE], {
        needs: [...all],
        clauses: ['RMS-12', 'STA-3'],
      });
    }),
  };
}

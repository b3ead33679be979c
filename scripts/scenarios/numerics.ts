/**
 * Area `numerics`: stress. Hyper-parameters, gradients and parameters at their limits, every size and layout, long runs.
 */
import type { FloatingDType } from '../../src/tensor/dtype.ts';
import type { Group } from './group.ts';
import { alphaEps, flagKinds } from './numerics/alpha-eps.ts';
import { compiled } from './numerics/compiled.ts';
import { complement } from './numerics/complement.ts';
import { filled } from './numerics/filled.ts';
import { layouts, onesWithGaps } from './numerics/layouts.ts';
import { constant, long, stepCounter } from './numerics/long.ts';
import { lr } from './numerics/lr.ts';
import { momentum } from './numerics/momentum.ts';
import { negativeVariance } from './numerics/negative.ts';
import { none } from './numerics/none.ts';
import { empty, sizes, thousand } from './numerics/sizes.ts';
import { upstream } from './numerics/upstream.ts';
import { weightDecay } from './numerics/weight-decay.ts';

const GROUPS = [
  ...[alphaEps, flagKinds, momentum, lr, weightDecay, none],
  ...[sizes, thousand, empty, layouts, constant, long, stepCounter],
  ...[upstream, negativeVariance, onesWithGaps, filled, compiled, complement],
];

/** The groups of area `numerics` for one dtype. */
export function numericsGroups(dtype: FloatingDType): Group[] {
  return GROUPS.map((make) => make(dtype));
}

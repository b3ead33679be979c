/**
 * Area `grads`: gradients that are absent, zero or sparse, what a step leaves alone, zero_grad, closures.
 */
import { opmath_dtypes } from '../../src/tensor/dtype.ts';
import { absent } from './grads/absent.ts';
import { clearing } from './grads/clearing.ts';
import { closure } from './grads/closure.ts';
import { kept } from './grads/kept.ts';
import { recorded } from './grads/recorded.ts';
import { sparse } from './grads/sparse.ts';
import { untouched } from './grads/untouched.ts';
import { versions } from './grads/versions.ts';
import { zero } from './grads/zero.ts';
import { zeroGrad } from './grads/zero-grad.ts';
import type { Group } from './group.ts';
import { assigned } from './grads/assigned.ts';

/** The groups of area `grads`. */
export function gradsGroups(): Group[] {
  return [
    ...[absent(), zero(), sparse(), untouched(), zeroGrad(), closure(), assigned()],
    ...[versions(), recorded(), clearing(), ...opmath_dtypes.map(kept)],
  ];
}

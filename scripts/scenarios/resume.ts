/**
 * Area `resume`: whether a port goes on from PyTorch's checkpoints, and what it saves; the numbers of areas `state_dict` and
 * of test/fixtures/foreign, over ports that are not of PyTorch's shape.
 */
import { opmath_dtypes } from '../../src/tensor/dtype.ts';
import type { Group } from './group.ts';
import { edges } from './resume/edges.ts';
import { foreign } from './resume/foreign.ts';
import { cast, loaded } from './resume/loaded.ts';
import { trained } from './resume/trained.ts';

/** The groups of area `resume`. */
export function resumeGroups(): Group[] {
  return [
    ...opmath_dtypes.flatMap((dtype) => [loaded(dtype), trained(dtype)]),
    ...[cast('float64', 'float32'), cast('float32', 'float64')],
    ...[...edges(), foreign()],
  ];
}

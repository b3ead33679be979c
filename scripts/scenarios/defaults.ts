/**
 * Group `defaults` of area `step`: every option left out alone while all others are given, and all of them left out (OPT-1). A
 * port that has nothing but numbers of one dtype can run them: an option that is off needs no claim.
 */
import type { Value } from '../../src/scenario/types.ts';
import type { FloatingDType } from '../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from './group.ts';
import { bitsOf } from './random.ts';

/** Not the defaults where another value needs no claim; the flags as they are when left out. */
const GIVEN: Readonly<Record<string, Value>> = {
  ...{ lr: 0.25, alpha: 0.75, eps: 0.125 },
  ...{ momentum: 0, centered: false, weight_decay: 0, foreach: false, maximize: false, differentiable: false },
};

/** Gradients from far below the default of eps to 1, so that each number of OPT-1 decides somewhere. */
const STEPS = [
  [0.5, -2e-3, 1e-8, -3e-9],
  [-0.25, 1e-3, 2e-8, 1e-9],
  [1, 4e-3, -1e-8, -2e-9],
  [0.125, -1e-3, 3e-8, 4e-9],
];

/** The group for one dtype. */
export function defaults(dtype: FloatingDType): Group {
  return {
    ...{ area: 'step', name: `defaults-${dtype}`, title: `each option left out alone, and all of them, ${dtype}` },
    tensors: { w: { dtype, shape: [4], bits: bitsOf(dtype, [1, -2, 0.5, 0.75]), parameter: true } },
    gradients: { wide: STEPS.map((numbers) => ({ w: bitsOf(dtype, numbers) })) },
    cases: [...Object.keys(GIVEN).map((option) => leftOut(dtype, option)), leftOut(dtype)],
  };
}

/** Without one option, or without any. */
function leftOut(dtype: FloatingDType, option?: string): ScenarioCase {
  const others = Object.entries(GIVEN).filter(([name]) => option !== undefined && name !== option);
  return {
    id: option === undefined ? 'all' : option,
    clauses: ['OPT-1', 'RMS-5', 'RMS-7', 'RMS-9'],
    needs: ['numbers', dtype],
    program: [
      { op: 'optimizer', params: ['$w'], options: Object.fromEntries(others) },
      { op: 'train', gradients: 'wide', steps: STEPS.length },
    ],
  };
}

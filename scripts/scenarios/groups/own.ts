/**
 * Options that one of two groups has and the other has not.
 */
import type { Options } from '../small.ts';

/** What a group has of its own, and clauses of what a step does with it. */
export const OWN: readonly (readonly [id: string, own: Options, ...clauses: string[]])[] = [
  ['lr=0.1', { lr: 0.1 }, 'RMS-9'],
  ['lr=0', { lr: 0 }, 'RMS-9'],
  ['lr=-0.1', { lr: -0.1 }, 'RMS-9', 'RMS-10'],
  ['alpha=0.5', { alpha: 0.5 }, 'RMS-5'],
  ['eps=0.5', { eps: 0.5 }, 'RMS-7'],
  ['weight_decay=0.1', { weight_decay: 0.1 }, 'RMS-4'],
  ['weight_decay=-0.1', { weight_decay: -0.1 }, 'RMS-4', 'RMS-10'],
  ['momentum=0.9', { momentum: 0.9 }, 'RMS-8', 'STA-4'],
  ['momentum=-0.9', { momentum: -0.9 }, 'RMS-8', 'RMS-10'],
  ['centered', { centered: true }, 'RMS-6', 'STA-4'],
  ['maximize', { maximize: true }, 'RMS-2'],
  ['foreach', { foreach: true }, 'RMS-12'],
  ['differentiable', { differentiable: true }, 'GRD-1'],
];

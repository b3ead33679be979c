/**
 * What an RMSprop update of one parameter group is given.
 */
import type { Ops } from '../tensor/ops.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Version } from './versions.ts';

/** The parameters of a group that have a gradient, with their gradients and state, index by index. */
export interface Gathered {
  readonly params: readonly Tensor[];
  readonly grads: readonly Tensor[];
  readonly square_avgs: readonly Tensor[];
  /** Empty unless centered. */
  readonly grad_avgs: readonly Tensor[];
  /** Empty unless momentum > 0. */
  readonly momentum_buffer_list: readonly Tensor[];
  /** Step counters; empty in versions that count while gathering. */
  readonly state_steps: readonly Tensor[];
}

/** The hyper-parameters of a group, read at the time of the step and checked where they are used (clauses RMS-10, ERR-8). */
export interface Hyper {
  readonly lr: unknown;
  readonly alpha: unknown;
  readonly eps: unknown;
  readonly weight_decay: unknown;
  readonly momentum: unknown;
  readonly centered: unknown;
  readonly foreach: unknown;
  readonly maximize: unknown;
  readonly differentiable: unknown;
  readonly capturable: unknown;
}

/** An RMSprop update: writes the new parameters and state in place, and nothing else (clause RMS-11). */
export type Functional = (gathered: Gathered, hyper: Hyper, ops: Ops, version: Version) => void;

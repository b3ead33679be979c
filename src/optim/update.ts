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

/** The hyper-parameters of a group, read at the time of the step (clause RMS-10). */
export interface Hyper {
  readonly lr: number | Tensor;
  readonly alpha: number;
  readonly eps: number;
  readonly weight_decay: number;
  readonly momentum: number;
  readonly centered: boolean;
  readonly foreach: boolean | null;
  readonly maximize: boolean;
  readonly differentiable: boolean;
  readonly capturable: boolean;
}

/** An RMSprop update: writes the new parameters and state in place. */
export type Functional = (gathered: Gathered, hyper: Hyper, ops: Ops, version: Version) => void;

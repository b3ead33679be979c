/**
 * What an update of a parameter group is given.
 */
import type { Tensor } from '../tensor/tensor.ts';

/** The lists of a group, index by index. */
export interface Lists {
  readonly params: readonly Tensor[];
  readonly grads: readonly Tensor[];
  readonly square_avgs: readonly Tensor[];
  readonly grad_avgs: readonly Tensor[];
  readonly momentum_buffer_list: readonly Tensor[];
  readonly state_steps?: readonly Tensor[];
}

/** The hyper-parameters of a group, whatever they are. */
export interface Hypers {
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

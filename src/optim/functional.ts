/**
 * One RMSprop update of one parameter group: what the functional API of PyTorch is given, and which path it takes.
 */
import { RuntimeError } from '../tensor/errors.ts';
import type { Ops } from '../tensor/ops.ts';
import { Tensor } from '../tensor/tensor.ts';
import { multi_tensor_rmsprop } from './multi-tensor.ts';
import { single_tensor_rmsprop } from './single-tensor.ts';
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

/**
 * The update, in the path that `foreach` names or, where it is None, that the devices suggest (clause RMS-12).
 *
 * @throws RuntimeError when a step counter is not a tensor in a version that wants tensors.
 */
export const rmsprop: Functional = (gathered, hyper, ops, version) => {
  if (version.step_is_tensor && !gathered.state_steps.every((step) => step instanceof Tensor))
    throw new RuntimeError('API has changed, `state_steps` argument must contain a list of singleton tensors');
  const foreach = hyper.foreach ?? default_to_foreach(gathered.params, hyper.differentiable);
  (foreach ? multi_tensor_rmsprop : single_tensor_rmsprop)(gathered, hyper, ops, version);
};

function default_to_foreach(params: readonly Tensor[], differentiable: boolean): boolean {
  return !differentiable && params.every((p) => p.device.startsWith('cuda'));
}

/**
 * One RMSprop update of one parameter group: what the functional API of PyTorch is given, and which path it takes.
 */
import { RuntimeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { multi_tensor_rmsprop } from './multi-tensor.ts';
import { truthy } from './python.ts';
import { single_tensor_rmsprop } from './single-tensor.ts';
import type { Functional } from './update.ts';

/**
 * The update, in the path that `foreach` names or, where it is None, that the devices suggest (clause RMS-12).
 *
 * @throws RuntimeError when a step counter is not a tensor in a version that wants tensors (clause ERR-6).
 */
export const rmsprop: Functional = (gathered, hyper, ops, version) => {
  if (version.step_is_tensor && !gathered.state_steps.every((step) => step instanceof Tensor))
    throw new RuntimeError('API has changed, `state_steps` argument must contain a list of singleton tensors');
  const foreach = hyper.foreach ?? default_to_foreach(gathered.params, hyper.differentiable);
  (truthy(foreach) ? multi_tensor_rmsprop : single_tensor_rmsprop)(gathered, hyper, ops, version);
};

function default_to_foreach(params: readonly Tensor[], differentiable: unknown): boolean {
  return !truthy(differentiable) && params.every((p) => p.device.startsWith('cuda'));
}

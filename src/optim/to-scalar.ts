/**
 * The learning rate, which may be a tensor of one element.
 */
import { Tensor } from '../tensor/tensor.ts';
import type { Version } from './versions.ts';

/**
 * An lr as the update takes it: where the rank does not matter, a tensor of one element loses its dimensions (clause
 * OPT-4). Any other tensor with dimensions is refused where the lr is used (clause ERR-7). optimizer.py, line 228.
 */
export function _to_scalar(lr: unknown, version: Version): unknown {
  if (!(lr instanceof Tensor) || !version.lr_tensor_of_any_rank || lr.shape.length === 0 || lr.numel() !== 1) return lr;
  const { dtype, device, requires_grad } = lr;
  return new Tensor({ dtype, device, requires_grad, shape: [], data: lr.elements() });
}

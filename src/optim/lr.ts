/**
 * The learning rate, which may be a tensor of one element.
 */
import { TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Version } from './versions.ts';

/** The value of an lr as a double, and whether it came as a tensor (clauses OPT-4 and NUM-2). */
export interface Lr {
  readonly value: number;
  /** -lr. A number 0 is Python's int, which has no negative zero; a tensor's 0 becomes -0. */
  readonly negative: number;
  readonly is_tensor: boolean;
}

/** @throws TypeError for a tensor with dimensions in versions that want none. */
export function to_scalar(lr: number | Tensor, version: Version): Lr {
  if (!(lr instanceof Tensor)) return { value: lr, negative: 0 - lr, is_tensor: false };
  if (lr.shape.length > 0 && !version.lr_tensor_of_any_rank)
    throw new TypeError("addcdiv_(): argument 'value' must be Number, not Tensor");
  const value = lr.item();
  return { value, negative: -value, is_tensor: true };
}

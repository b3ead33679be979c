/**
 * The learning rate, which may be a tensor of one element.
 */
import { TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Version } from './versions.ts';

/** The value of an lr as a double, and whether it came as a tensor (clauses OPT-4 and NUM-2). */
export interface Lr {
  readonly value: number;
  readonly is_tensor: boolean;
}

/** @throws TypeError for a tensor with dimensions in versions that want none. */
export function to_scalar(lr: number | Tensor, version: Version): Lr {
  if (!(lr instanceof Tensor)) return { value: lr, is_tensor: false };
  if (lr.shape.length > 0 && !version.lr_tensor_of_any_rank)
    throw new TypeError("addcdiv_(): argument 'value' must be Number, not Tensor");
  return { value: lr.item(), is_tensor: true };
}

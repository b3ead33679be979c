/**
 * Complex tensors as pairs of real numbers, in the path over lists (clause NUM-10).
 */
import type { Tensors } from '../tensor/foreach-arguments.ts';
import type { Torch } from '../tensor/torch.ts';
import type { Gathered } from './rmsprop.ts';

/**
 * The same lists, where a parameter is complex with real views of it, its gradient and its state (optimizer.py, line 211).
 *
 * @throws as `view_as_real`, for a gradient or state that is real
 */
export function _view_as_real(torch: Torch, gathered: Gathered): Gathered {
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list } = gathered;
  if (!params.some((p) => torch.is_complex(p))) return gathered;
  const viewed = (list: Tensors): Tensors =>
    list.map((tensor, i) => (torch.is_complex(params[i]!) ? torch.view_as_real(tensor) : tensor));
  return {
    ...gathered,
    ...{ params: viewed(params), grads: viewed(grads), square_avgs: viewed(square_avgs) },
    ...{ grad_avgs: viewed(grad_avgs), momentum_buffer_list: viewed(momentum_buffer_list) },
  };
}

/** Real views of what is complex in a list (rmsprop.py of v2.1.2, line 341). */
export function _view_complex_as_real(torch: Torch, list: Tensors): Tensors {
  return list.map((tensor) => (torch.is_complex(tensor) ? torch.view_as_real(tensor) : tensor));
}

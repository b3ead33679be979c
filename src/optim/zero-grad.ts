/**
 * Clearing gradients.
 */
import { Tensor } from '../tensor/tensor.ts';
import { get, item } from './dict.ts';
import { grad_of } from './grad.ts';
import { iterate } from './iterate.ts';
import { truthy } from './python.ts';
import type { Version } from './versions.ts';

/**
 * Whether the zeros are written in one call for many tensors, which the defaults say and no group does (clause GAD-6).
 *
 * @throws PythonError, an AttributeError, for defaults that are no dictionary
 */
export function in_one_call(defaults: unknown): boolean {
  return truthy(get(defaults, 'foreach')) || truthy(get(defaults, 'fused'));
}

/**
 * Sets every gradient to None (clause GAD-4), or to zeros (clause GAD-5): at once, or with `foreach` after the last one
 * has been looked at, sparse ones apart (clause GAD-6).
 *
 * @throws PythonError, an AttributeError, for what is no tensor
 */
export function zero_grads(groups: Iterable<unknown>, set_to_none: unknown, foreach: boolean, version: Version): void {
  const later: Tensor[] = [];
  for (const group of groups)
    for (const p of iterate(item(group, 'params', version))) {
      const grad = grad_of(p, version);
      if (grad === null) continue;
      if (truthy(set_to_none)) (p as Tensor).grad = null;
      else {
        grad.grad_fn = null; // GAD-12
        grad.requires_grad = false;
        if (!foreach || grad.is_sparse) grad.fill_(0);
        else later.push(grad);
      }
    }
  for (const grad of later) grad.fill_(0);
}

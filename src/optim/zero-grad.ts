/**
 * Clearing gradients (optimizer.py, line 1024).
 */
import { getattr } from '../python/attributes.ts';
import { get } from '../python/dict.ts';
import { item } from '../python/item.ts';
import { iterate } from '../python/iterate.ts';
import { bool } from '../python/truth.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Whether the zeros are written in one call for many tensors, which the defaults say and no group does (clause GAD-6).
 *
 * @throws PythonError, an AttributeError, for defaults that are no dictionary
 */
export function inOneCall(defaults: unknown): boolean {
  return bool(get(defaults, 'foreach')) || bool(get(defaults, 'fused'));
}

/**
 * Sets every gradient to None (clause GAD-4), or to zeros (clause GAD-5): at once, or with `foreach` after the last one
 * has been looked at, sparse ones apart (clause GAD-6).
 *
 * @throws PythonError, an AttributeError, for what is no tensor
 */
export function zeroGrads(groups: Iterable<unknown>, set_to_none: unknown, foreach: boolean): void {
  const later: Tensor[] = [];
  for (const group of groups)
    for (const p of iterate(item(group, 'params'))) {
      const grad = getattr(p, 'grad') as Tensor | null;
      if (grad === null) continue;
      if (bool(set_to_none)) (p as Tensor).grad = null;
      else {
        grad.grad_fn = null; // GAD-12
        grad.requires_grad = false;
        if (!foreach || grad.is_sparse) grad.fill_(0);
        else later.push(grad);
      }
    }
  for (const grad of later) grad.fill_(0);
}

/**
 * Which tensors are views of which, as far as writing into them matters to a graph.
 */
import { RuntimeError } from '../python/errors.ts';
import type { Tensor } from '../tensor/tensor.ts';

const bases = new WeakMap<Tensor, Tensor>();
const viewed = new WeakSet<Tensor>();

/** Remembers that a tensor is a view of another. */
export function noteView(view: Tensor, of: Tensor): void {
  bases.set(view, bases.get(of) ?? of);
  viewed.add(bases.get(of) ?? of);
}

/**
 * Refuses to write into what is a view, or has one: PyTorch rewrites the history of all tensors over the same elements, which
 * this graph does not.
 *
 * @throws RuntimeError of PyTorch's for a view of a leaf that requires grad, and of our own for any other
 */
export function refuseViews(written: Tensor): void {
  const base = bases.get(written);
  if (base?.is_leaf && base.requires_grad)
    throw new RuntimeError('a view of a leaf Variable that requires grad is being used in an in-place operation.');
  if (base !== undefined || viewed.has(written))
    throw new RuntimeError(
      'in-place operations on a view, or on what has one, are not recorded by rmsproof; clone() it first',
    );
}

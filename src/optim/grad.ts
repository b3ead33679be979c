/**
 * Reading gradients of what a group holds.
 */
import { PythonError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { warn } from '../tensor/warnings.ts';
import { typeName } from '../tensor/type-name.ts';
import type { Version } from './versions.ts';

/**
 * `p.grad`; of a tensor that is no leaf and has none, PyTorch warns that it is being read (clause GRD-3).
 *
 * @throws PythonError, an AttributeError, for what is no tensor
 */
export function grad_of(p: unknown, version: Version): Tensor | null {
  if (!(p instanceof Tensor))
    throw new PythonError('AttributeError', `'${typeName(p)}' object has no attribute 'grad'`);
  if (p.grad === null && !p.is_leaf && !p.retains_grad) warn('UserWarning', NON_LEAF + version.non_leaf_grad_ending);
  return p.grad;
}

const NON_LEAF =
  "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during " +
  'autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the ' +
  'non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See ' +
  'github.com/pytorch/pytorch/pull/30531 for more ';

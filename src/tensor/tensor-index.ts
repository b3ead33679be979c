/**
 * Tensors where PyTorch expects a dictionary: what indexing one raises, and what it raises as index (clauses LSD-22, RPR-17).
 */
import { IndexError, TypeError } from '../python/errors.ts';
import { warn } from '../python/warnings.ts';
import { atenOfTensors } from './aten.ts';

/**
 * `tensor[key]`: of a text PyTorch takes the characters for indices, one a dimension.
 *
 * @throws IndexError for a key that is a tensor, or has more characters than there are dimensions, else TypeError
 */
export function refuseIndex(tensor: { readonly shape: readonly number[] }, key: unknown): never {
  const dimensions = tensor.shape.length;
  if (typeof key === 'string' && atenOfTensors().warns_of_sequence_as_index) warn('UserWarning', SEQUENCE);
  if ((typeof key === 'string' ? key.length : 1) > dimensions)
    throw new IndexError(`too many indices for tensor of dimension ${dimensions}`);
  if (typeof key !== 'string') throw new IndexError('tensors used as indices must be long, int, byte or bool tensors');
  throw new TypeError("new(): invalid data type 'str'");
}

/** What a list or a text says of a tensor as index. @throws TypeError */
export function refuseAsIndex(): never {
  throw new TypeError('only integer tensors of a single element can be converted to an index');
}

const SEQUENCE =
  'Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in pytorch 2.9; use ' +
  'x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as tensor index, x[torch.tensor(seq)], which ' +
  'will result either in an error or a different result';

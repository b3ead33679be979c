/**
 * Python's `copy.deepcopy` of what optimizers hold.
 */
import { RuntimeError, TypeError } from '../tensor/errors.ts';
import { cloned, Parameter, Tensor } from '../tensor/tensor.ts';
import { isGenerator } from './python.ts';
import { isTuple } from './tuple.ts';

/** What copies itself: `__deepcopy__` gets a function for what it holds, and one to say early what its copy is. */
export interface DeepCopying {
  __deepcopy__(copy: <T>(value: T) => T, is: (copied: unknown) => void): unknown;
}

/**
 * A deep copy: an object that stands twice in the value stands twice in the copy, also within itself.
 *
 * @throws RuntimeError for a tensor that is no leaf (clause RPR-5), TypeError for a generator (clause RPR-15)
 */
export function deepcopy<T>(value: T): T {
  const copies = new Map<unknown, unknown>();
  const copy = <V>(x: V): V => {
    if (typeof x !== 'object' || x === null) return x;
    if (!copies.has(x))
      copies.set(
        x,
        make(x, (copied) => copies.set(x, copied)),
      );
    return copies.get(x) as V;
  };
  const make = (x: object, is: (copied: unknown) => void): unknown => {
    if (x instanceof Tensor) return copyTensor(x, copy);
    if ('__deepcopy__' in x) return (x as DeepCopying).__deepcopy__(copy, is);
    if (isGenerator(x)) throw new TypeError("cannot pickle 'generator' object");
    if (isTuple(x)) return copyTuple(x, copy);
    if (Array.isArray(x)) return filled([] as unknown[], is, (made) => x.forEach((item) => made.push(copy(item))));
    if (x instanceof Set) return copySet(x, is, copy);
    if (x instanceof Map)
      return filled(new (x.constructor as MapConstructor)(), is, (made) =>
        x.forEach((item, key) => made.set(copy(key), copy(item))),
      );
    return filled(Object.create(Object.getPrototypeOf(x) as object | null) as Record<string, unknown>, is, (made) => {
      for (const [key, item] of Object.entries(x)) made[key] = copy(item);
    });
  };
  return copy(value);
}

/** What holds itself finds its copy while that is being filled. */
function filled<T>(made: T, is: (copied: unknown) => void, fill: (made: T) => void): T {
  is(made);
  fill(made);
  return made;
}

/** A frozen set has a frozen copy. */
function copySet(set: Set<unknown>, is: (copied: unknown) => void, copy: <V>(x: V) => V): Set<unknown> {
  const made = filled(new Set(), is, (to) => set.forEach((item) => to.add(copy(item))));
  return Object.isFrozen(set) ? Object.freeze(made) : made;
}

/** A tuple of which nothing needed a copy needs none (clause RPR-6). */
function copyTuple(items: readonly unknown[], copy: <V>(x: V) => V): readonly unknown[] {
  const copied = items.map(copy);
  return copied.every((item, i) => Object.is(item, items[i])) ? items : Object.freeze(copied);
}

/** Of a Parameter the gradient and the gaps stay behind; of any other tensor both are copied too (clause RPR-5). */
function copyTensor(tensor: Tensor, copy: <V>(x: V) => V): Tensor {
  if (!tensor.is_leaf) throw new RuntimeError(NON_LEAF);
  const { dtype, shape, strides, device, requires_grad } = tensor;
  if (tensor instanceof Parameter) {
    const { storage, strides: dense } = cloned(tensor);
    return new Parameter({ dtype, shape, strides: dense, device, requires_grad, data: storage });
  }
  const { is_sparse } = tensor;
  const made = new Tensor({ dtype, shape, strides, device, requires_grad, is_sparse, data: tensor.storage.slice() });
  if (!is_sparse) made.bump_version(); // RMS-18
  made.grad = copy(tensor.grad);
  return made;
}

const NON_LEAF =
  'Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were ' +
  'attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see ' +
  'https://github.com/pytorch/pytorch/pull/103001';

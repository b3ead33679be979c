/**
 * Python's `copy.deepcopy` of what optimizers hold.
 */
import { Parameter, Tensor } from '../tensor/tensor.ts';

/** What copies itself: `__deepcopy__` gets a function for what it holds. */
export interface DeepCopying {
  __deepcopy__(copy: <T>(value: T) => T): unknown;
}

/** A deep copy: an object that stands twice in the value stands twice in the copy. */
export function deepcopy<T>(value: T): T {
  const copies = new Map<unknown, unknown>();
  const copy = <V>(x: V): V => {
    if (typeof x !== 'object' || x === null) return x;
    if (!copies.has(x)) copies.set(x, make(x));
    return copies.get(x) as V;
  };
  const make = (x: object): unknown => {
    if (x instanceof Tensor) return copyTensor(x, copy);
    if ('__deepcopy__' in x) return (x as DeepCopying).__deepcopy__(copy);
    if (Array.isArray(x)) return Object.isFrozen(x) ? Object.freeze(x.map(copy)) : x.map(copy);
    if (x instanceof Set) return new Set([...x].map(copy));
    if (x instanceof Map) return new (x.constructor as MapConstructor)([...x].map(([k, v]) => [copy(k), copy(v)]));
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, copy(v)]));
  };
  return copy(value);
}

/** Of a Parameter the gradient stays behind; of any other tensor it is copied too (clause RPR-5). */
function copyTensor(tensor: Tensor, copy: <V>(x: V) => V): Tensor {
  const { dtype, shape, strides, device, requires_grad } = tensor;
  const init = { dtype, shape, strides, device, requires_grad, data: tensor.storage.slice() };
  if (tensor instanceof Parameter) return new Parameter(init);
  const made = new Tensor(init);
  made.grad = copy(tensor.grad);
  return made;
}

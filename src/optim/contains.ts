/**
 * Python's `in`, of numbers, texts, None and tuples (clause LSD-23).
 */
import { RuntimeError, TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { hashed } from './hashable.ts';
import { list } from './iterate.ts';
import { truthy, typeText } from './python.ts';

/**
 * `x in container`: of a text whether it is part of it, of a tensor whether an element is equal, else whether an item is.
 *
 * @throws TypeError for what cannot be part of a text, RuntimeError where a tensor has no answer
 */
export function contains(container: unknown, x: unknown): boolean {
  if (typeof container === 'string') {
    if (typeof x === 'string') return container.includes(x);
    throw new TypeError(`'in <string>' requires string as left operand, not ${typeName(x)}`);
  }
  if (container instanceof Tensor) {
    if (isNumber(x)) return equalElements(container, x).includes(true);
    throw new RuntimeError(`Tensor.__contains__ only supports Tensor or scalar, but you passed in a ${typeText(x)}.`);
  }
  const key = hashed(x);
  return list(container).some((item) =>
    item instanceof Tensor && isNumber(x) ? equal(item, x) : hashed(item) === key,
  );
}

function isNumber(x: unknown): x is number | boolean {
  return typeof x === 'number' || typeof x === 'boolean';
}

/** `bool(tensor == x)`. @throws RuntimeError for a tensor of other than one element */
function equal(tensor: Tensor, x: number | boolean): boolean {
  const elements = equalElements(tensor, x);
  return elements.length === 1 ? elements[0]! : truthy(tensor);
}

/** `tensor == x`: the number is taken to the tensor's element type. */
function equalElements(tensor: Tensor, x: number | boolean): boolean[] {
  const number = tensor.dtype === 'float32' ? Math.fround(Number(x)) : Number(x);
  return Array.from(tensor.elements(), (element) => element === number);
}

/**
 * Going through values as Python's `for` does: item by item, so that what comes later may still raise or change (clause SDT-8).
 */
import { TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { isDict } from './dict.ts';

/** `iter(x)`: of a dictionary its keys, of a string its characters. @throws TypeError when it is not iterable (clause OPT-6) */
export function iterate(x: unknown): Iterable<unknown> {
  if (typeof x === 'string') return x;
  if (isDict(x)) return x instanceof Map ? (x as Map<unknown, unknown>).keys() : Object.keys(x);
  if (x instanceof Tensor) return rows(x);
  if (typeof x !== 'object' || x === null || !(Symbol.iterator in x))
    throw new TypeError(`'${typeName(x)}' object is not iterable`);
  return x as Iterable<unknown>;
}

/** `list(x)`. @throws TypeError when it is not iterable */
export function list(x: unknown): unknown[] {
  return [...iterate(x)];
}

/** Iterating over a tensor gives what its first dimension holds. @throws TypeError where it has none */
function rows(tensor: Tensor): Tensor[] {
  const { dtype, device } = tensor;
  const [size, ...shape] = tensor.shape;
  if (size === undefined) throw new TypeError('iteration over a 0-d tensor');
  const [elements, each] = [tensor.elements(), tensor.numel() / Math.max(size, 1)];
  return Array.from(
    { length: size },
    (_, i) => new Tensor({ dtype, device, shape, data: elements.slice(i * each, (i + 1) * each) }),
  );
}

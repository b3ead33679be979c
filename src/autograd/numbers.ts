/**
 * Arithmetic on the way back: one IEEE operation an element, rounded once to the element type; nothing is recorded.
 */
import { quick_ieee as ieee, quick_separate } from '../fast/operations.ts';
import type { Loop } from '../tensor/arithmetic/loops.ts';
import { broadcastOffsets, broadcastShape } from '../tensor/broadcast.ts';
import { allocate, type Data, dtypeInfo, isHalf, isSingle, toElement } from '../tensor/dtype.ts';
import { emptyLike } from '../tensor/creation.ts';
import { promoted } from '../tensor/promotion.ts';
import { sameShape } from '../tensor/strides.ts';
import { Tensor } from '../tensor/tensor.ts';

const { loops } = quick_separate;

/** A new tensor of what a loop makes of the elements of a tensor. */
export function map(a: Tensor, loop: Loop, s: number = 0): Tensor {
  const made = emptyLike(a, a.dtype);
  const x = inOrder(a, a.shape);
  return written(made, (out) => loop(out.length, out, x, x, x, s));
}

/** A new tensor of what a loop makes of the elements of two, which broadcast. @throws RuntimeError where they do not */
export function zip(a: Tensor, b: Tensor, loop: Loop, s: number = 0): Tensor {
  const dtype = promoted([a, b]);
  const shape = broadcastShape([a, b]);
  const made = sameShape(a, { shape })
    ? emptyLike(a, dtype)
    : new Tensor({ dtype, shape, device: a.device, data: allocate(dtype, count(shape)) });
  const [x, y] = [inOrder(a, shape), inOrder(b, shape)];
  return written(made, (out) => loop(out.length, out, x, y, y, s));
}

/** Writes a new tensor in C order. */
function written(made: Tensor, write: (out: Data) => void): Tensor {
  const at = made.offsets();
  const out = at === undefined ? made.storage : allocate(made.dtype, made.numel());
  write(out);
  if (isHalf(made.dtype)) out.forEach((x, i) => (out[i] = toElement(made.dtype, x)));
  if (at !== undefined) out.forEach((x, i) => (made.storage[at[i]!] = x));
  return made;
}

/** The elements in C order of a shape that they broadcast to. */
function inOrder(a: Tensor, shape: readonly number[]): Data {
  if (a.numel() === 1) return allocate(a.dtype, count(shape)).fill(a.storage[0]!);
  if (sameShape(a, { shape })) return a.offsets() === undefined ? a.storage.subarray(0, a.numel()) : a.elements();
  const at = broadcastOffsets(a, shape);
  const data = allocate(a.dtype, at.length);
  for (let i = 0; i < at.length; i++) data[i] = a.storage[at[i]!]!;
  return data;
}

const count = (shape: readonly number[]): number => shape.reduce((n, size) => n * size, 1);

/** a + b. */
export const plus = (a: Tensor, b: Tensor): Tensor =>
  zip(a, b, loops[isSingle(a.dtype) ? 'float32' : 'float64'].add, 1);

/** a * b. */
export const times = (a: Tensor, b: Tensor): Tensor => zip(a, b, ieee.mul);

/** a / b. */
export const over = (a: Tensor, b: Tensor): Tensor => zip(a, b, ieee.over);

/** -a. */
export const negated = (a: Tensor): Tensor => map(a, ieee.neg);

/** a * number, the number rounded to the element type first. */
export const scaled = (a: Tensor, number: number): Tensor => map(a, ieee.scale, dtypeInfo(a.dtype).round(number));

/** The same elements. */
export const copied = (a: Tensor): Tensor => map(a, (_n, out, x) => out.set(x as never));

/** The elements of a, repeated to a shape that they broadcast to. */
export const repeated = (a: Tensor, shape: readonly number[]): Tensor => {
  const { dtype, device } = a;
  const data = inOrder(a, shape);
  return new Tensor({ dtype, device, shape, data: data.buffer === a.storage.buffer ? data.slice() : data });
};

/** The sum of the elements of a tensor over the dimensions that a smaller shape lacks or has one of, one after the other. */
export function summedTo(a: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(a, { shape })) return a;
  const { dtype, device } = a;
  const made = new Tensor({ dtype, device, shape, data: allocate(dtype, count(shape)) });
  if (made.numel() === 1) return summed(a, made);
  const at = broadcastOffsets(made, a.shape);
  const { round } = dtypeInfo(dtype);
  a.elements().forEach((x, i) => (made.storage[at[i]!] = round(made.storage[at[i]!]! + x)));
  return made;
}

/** Writes the sum of all elements. */
function summed(a: Tensor, made: Tensor): Tensor {
  const { round } = dtypeInfo(a.dtype);
  const elements = inOrder(a, a.shape);
  let sum = 0;
  for (let i = 0; i < elements.length; i++) sum = round(sum + elements[i]!);
  made.storage[0] = sum;
  return made;
}

/** Writes the elements of another tensor of the same shape, rounded to the element type. */
export function overwrite(self: Tensor, from: Tensor): void {
  self.bump_version();
  const [at, elements] = [self.offsets(), from.elements()];
  if (at === undefined && !isHalf(self.dtype)) self.storage.set(elements);
  else elements.forEach((x, i) => (self.storage[at?.[i] ?? i] = toElement(self.dtype, x)));
}

/** A tensor of one number, of any shape. */
export function filled(
  { dtype, device }: Pick<Tensor, 'dtype' | 'device'>,
  shape: readonly number[],
  x: number,
): Tensor {
  return new Tensor({ dtype, device, shape, data: allocate(dtype, count(shape)).fill(toElement(dtype, x)) });
}

/** The matrix product, each element summed over the inner dimension in its order, every operation rounded (spec/differentiable.md). */
export function product(a: Tensor, b: Tensor): Tensor {
  const [n, inner, m] = [a.shape[0]!, a.shape[1]!, b.shape[1]!];
  const { dtype, device } = a;
  const [x, y, data] = [a.elements(), b.elements(), allocate(dtype, n * m)];
  const rounded = allocate(dtype, 1);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      const at = i * m + j;
      for (let k = 0; k < inner; k++) {
        rounded[0] = x[i * inner + k]! * y[k * m + j]!;
        data[at] = k === 0 ? rounded[0]! : data[at]! + rounded[0]!;
      }
    }
  return new Tensor({ dtype, device, shape: [n, m], data });
}

/** Rows for columns, over the same elements. */
export function transposed({ dtype, device, shape, strides, storage, versions }: Tensor): Tensor {
  return new Tensor({
    ...{ dtype, device, shape: shape.toReversed(), strides: strides.toReversed(), data: storage, shares: { versions } },
  });
}

/**
 * Arithmetic on the way back: one IEEE operation an element, rounded once to the element type; nothing is recorded.
 */
import { broadcastOffsets, broadcastShape } from '../tensor/broadcast.ts';
import { allocate, type DType, dtypeInfo, toElement } from '../tensor/dtype.ts';
import { emptyLike } from '../tensor/creation.ts';
import { promoted } from '../tensor/promotion.ts';
import { sameShape } from '../tensor/strides.ts';
import { Tensor } from '../tensor/tensor.ts';

/** A new tensor of a function of each element. */
export function map(a: Tensor, f: (x: number) => number, dtype: DType = a.dtype): Tensor {
  const made = emptyLike(a, dtype);
  const [from, to, n] = [a.offsets(), made.offsets(), a.numel()];
  const { storage } = a;
  for (let i = 0; i < n; i++) made.storage[to?.[i] ?? i] = toElement(dtype, f(storage[from?.[i] ?? i]!));
  return made;
}

/** A new tensor of a function of the elements of two, which broadcast. @throws RuntimeError where they do not */
export function zip(a: Tensor, b: Tensor, f: (x: number, y: number) => number): Tensor {
  const dtype = promoted([a, b]);
  const shape = broadcastShape([a, b]);
  const made = sameShape(a, { shape })
    ? emptyLike(a, dtype)
    : new Tensor({
        dtype,
        shape,
        device: a.device,
        data: allocate(
          dtype,
          shape.reduce((n, size) => n * size, 1),
        ),
      });
  const [to, n] = [made.offsets(), made.numel()];
  const x = sameShape(a, { shape }) ? a.offsets() : broadcastOffsets(a, shape);
  const y = sameShape(b, { shape }) ? b.offsets() : broadcastOffsets(b, shape);
  const [p, q, out] = [a.storage, b.storage, made.storage];
  for (let i = 0; i < n; i++) out[to?.[i] ?? i] = toElement(dtype, f(p[x?.[i] ?? i]!, q[y?.[i] ?? i]!));
  return made;
}

/** a + b. */
export const plus = (a: Tensor, b: Tensor): Tensor => zip(a, b, (x, y) => x + y);

/** a * b. */
export const times = (a: Tensor, b: Tensor): Tensor => zip(a, b, (x, y) => x * y);

/** a / b. */
export const over = (a: Tensor, b: Tensor): Tensor => zip(a, b, (x, y) => x / y);

/** -a. */
export const negated = (a: Tensor): Tensor => map(a, (x) => -x);

/** a * number, the number rounded to the element type first; a itself where the number is 1. */
export function scaled(a: Tensor, number: number): Tensor {
  const s = dtypeInfo(a.dtype).round(number);
  return map(a, (x) => x * s);
}

/** The sum of the elements of a tensor over the dimensions that a smaller shape lacks or has one of, one after the other. */
export function summedTo(a: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(a, { shape })) return a;
  const { dtype, device } = a;
  const numel = shape.reduce((n, size) => n * size, 1);
  const made = new Tensor({ dtype, device, shape, data: allocate(dtype, numel) });
  const at = broadcastOffsets(made, a.shape);
  const { round } = dtypeInfo(dtype);
  a.elements().forEach((x, i) => (made.storage[at[i]!] = round(made.storage[at[i]!]! + x)));
  return made;
}

/** A tensor of one number, of any shape. */
export function filled(
  { dtype, device }: Pick<Tensor, 'dtype' | 'device'>,
  shape: readonly number[],
  x: number,
): Tensor {
  const numel = shape.reduce((n, size) => n * size, 1);
  return new Tensor({ dtype, device, shape, data: allocate(dtype, numel).fill(toElement(dtype, x)) });
}

/** The matrix product, each element summed over the inner dimension in its order, every operation rounded (clause DIF-8). */
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

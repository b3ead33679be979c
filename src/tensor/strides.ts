/**
 * How elements lie in memory: strides, the order of dimensions, storage positions.
 */

/** Strides of a C-ordered tensor. */
export function contiguousStrides(shape: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = step;
    step *= Math.max(shape[d]!, 1);
  }
  return strides;
}

/** Whether C order is storage order: dimensions of one element do not matter, and without elements it always is. */
export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  if (shape.includes(0)) return true;
  let step = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] !== 1 && strides[d] !== step) return false;
    step *= shape[d]!;
  }
  return true;
}

/** Strides without gaps for the same shape: the same ones where they have none, else in the same order of dimensions (clause STA-3). */
export function denseStrides(shape: readonly number[], strides: readonly number[]): readonly number[] {
  if (isDense(shape, strides)) return strides;
  const dense: number[] = [];
  let step = 1;
  for (const d of fromInnermost(shape, [strides])) {
    dense[d] = step;
    step *= Math.max(shape[d]!, 1);
  }
  return dense;
}

/** Whether the elements fill their storage without gaps or overlaps, in whatever order the dimensions lie. */
function isDense(shape: readonly number[], strides: readonly number[]): boolean {
  if (isContiguous(shape, strides)) return true;
  const several = shape.map((_, d) => d).filter((d) => shape[d]! > 1);
  let step = 1;
  for (const d of several.sort((a, b) => strides[a]! - strides[b]!)) {
    if (strides[d] !== step) return false;
    step *= shape[d]!;
  }
  return true;
}

/** Whether a dimension repeats one element, so that more than one index leads to it. */
export function overlaps(shape: readonly number[], strides: readonly number[]): boolean {
  return !shape.includes(0) && shape.some((size, d) => size > 1 && strides[d] === 0);
}

/**
 * Dimensions in the order in which PyTorch's kernels go through them, the fastest first: by stride, by the next tensor's where
 * one has stride 0, by size where strides are equal, else the last first.
 */
export function fromInnermost(shape: readonly number[], strides: readonly (readonly number[])[]): readonly number[] {
  const compare = (a: number, b: number): number => {
    for (const own of strides) {
      const [x, y] = [own[a]!, own[b]!];
      if (x === 0 || y === 0) continue;
      if (x !== y) return x - y;
      if (shape[a]! > shape[b]!) return 1;
    }
    return 0;
  };
  // Dimensions that do not compare are passed by, so this is no order that any sort would find.
  const order = shape.map((_, i) => shape.length - 1 - i);
  for (let end = 1; end < order.length; end++) {
    let moving = end;
    for (let other = end - 1; other >= 0; other--) {
      const comparison = compare(order[other]!, order[moving]!);
      if (comparison < 0) break;
      if (comparison === 0) continue;
      [order[other], order[moving]] = [order[moving]!, order[other]!];
      moving = other;
    }
  }
  return order;
}

/** Storage positions of the elements in C order; where an element has two parts, those of both. */
export function storageOffsets(shape: readonly number[], strides: readonly number[], parts: 1 | 2 = 1): Int32Array {
  if (parts === 2) return storageOffsets([...shape, 2], [...strides.map((stride) => 2 * stride), 1]);
  let offsets = [0];
  shape.forEach((size, d) => {
    offsets = offsets.flatMap((at) => Array.from({ length: size }, (_, i) => at + i * strides[d]!));
  });
  return Int32Array.from(offsets);
}

/** What has sizes. */
interface Shaped {
  readonly shape: readonly number[];
}

/** Whether two tensors have the same sizes. */
export function sameShape(a: Shaped, b: Shaped): boolean {
  return a.shape === b.shape || (a.shape.length === b.shape.length && a.shape.every((size, d) => size === b.shape[d]));
}

/**
 * Which elements a vectorised CPU kernel handles in full blocks, and which one by one (clause NUM-7).
 */
import { type DType, dtypeInfo } from './dtype.ts';
import { fromInnermost, isContiguous, storageOffsets } from './strides.ts';
import type { Tensor } from './tensor.ts';

/**
 * For an operation that writes into `self` and reads `other`: whether the element at a C-order index lies in a full block.
 *
 * The kernel goes through rows: the fastest dimension, with the next ones as long as both tensors go on there without a gap.
 * A row's blocks are of 64 bytes and begin at its first element; the elements after its last full block are in none. Where
 * either tensor's elements do not lie side by side in a row, there are no blocks.
 */
export function blocksOf(self: Tensor, other: Tensor): (index: number) => boolean {
  const { dtype, shape } = self;
  if (isContiguous(shape, self.strides) && isContiguous(shape, other.strides)) {
    const end = inFullBlocks(dtype, self.numel());
    return (index) => index < end;
  }
  const { dimensions, length } = row(shape, self.strides, other.strides);
  const end = inFullBlocks(dtype, length);
  if (end === 0) return () => false;
  const at = storageOffsets(
    shape,
    self.strides.map((stride, d) => (dimensions.has(d) ? stride : 0)),
  );
  return (index) => at[index]! < end;
}

/** How many of the first elements of a row lie in full blocks. */
function inFullBlocks(dtype: DType, length: number): number {
  return length - (length % dtypeInfo(dtype).block);
}

interface Row {
  readonly dimensions: ReadonlySet<number>;
  /** 0 where elements do not lie side by side. */
  readonly length: number;
}

function row(shape: readonly number[], self: readonly number[], other: readonly number[]): Row {
  const [first, ...rest] = fromInnermost(shape, [self, other]).filter((d) => shape[d] !== 1);
  const none = { dimensions: new Set<number>(), length: 0 };
  // A gradient that repeats one element (stride 0) has blocks too.
  if (first === undefined || self[first] !== 1 || other[first]! > 1) return none;
  const dimensions = new Set([first]);
  let length = shape[first]!;
  for (const d of rest) {
    if (self[d] !== length || other[d] !== length * other[first]!) break;
    dimensions.add(d);
    length *= shape[d]!;
  }
  return { dimensions, length };
}

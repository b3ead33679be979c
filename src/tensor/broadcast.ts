/**
 * Broadcasting: operands of different shapes, as PyTorch takes them.
 */
import { RuntimeError } from '../python/errors.ts';
import { storageOffsets } from './strides.ts';
import type { Tensor } from './tensor.ts';

/**
 * The shape that operands have together.
 *
 * @param out what is written to, unless that is new
 * @throws RuntimeError when a dimension has two sizes other than 1, or what is written to another shape (clause LSD-19)
 */
export function broadcastShape(operands: readonly Tensor[], out?: Tensor): readonly number[] {
  const shape = operands.map((operand) => operand.shape).reduce(together);
  if (out !== undefined && shape.join() !== out.shape.join())
    throw new RuntimeError(
      `output with shape [${out.shape.join(', ')}] doesn't match the broadcast shape [${shape.join(', ')}]`,
    );
  return shape;
}

/** Storage positions of a tensor's elements as those of a broadcast shape, in C order. */
export function broadcastOffsets(tensor: Tensor, shape: readonly number[]): Int32Array {
  const missing = shape.length - tensor.shape.length;
  const strides = shape.map((_, d) =>
    d < missing || tensor.shape[d - missing] === 1 ? 0 : tensor.strides[d - missing]!,
  );
  return storageOffsets(shape, strides);
}

function together(a: readonly number[], b: readonly number[]): readonly number[] {
  const length = Math.max(a.length, b.length);
  const shape = Array.from({ length }, () => 1);
  // Of several dimensions that do not match the last is named.
  for (let d = length - 1; d >= 0; d--) {
    const [x, y] = [a[d - length + a.length] ?? 1, b[d - length + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1)
      throw new RuntimeError(
        `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${d}`,
      );
    shape[d] = x === 1 ? y : x;
  }
  return shape;
}

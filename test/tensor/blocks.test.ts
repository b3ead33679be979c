import { expect, test } from 'vitest';
import { blocksOf } from '../../src/tensor/blocks.ts';
import { allocate } from '../../src/tensor/dtype.ts';
import { contiguousStrides } from '../../src/tensor/strides.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

interface Row {
  readonly shape: readonly number[];
  readonly self: readonly number[];
  readonly other: readonly number[];
  /** Lengths of stretches in C order, inside and outside blocks by turns, inside first. */
  readonly float32: readonly number[];
  readonly float64: readonly number[];
}

// Measured with lerp at weight 1 on torch 2.13.0 and 2.1.2, capabilities default, AVX2 and AVX-512, one thread: all alike.
const MEASURED: Readonly<Record<string, Row>> = {
  'too short for a block of float32': contiguous([15], [0, 15], [8, 7]),
  'one block and one element': contiguous([17], [16, 1], [16, 1]),
  'a matrix is one run': contiguous([3, 1, 19], [48, 9], [56, 1]),
  'both transposed: runs in storage order': row({
    ...{ shape: [5, 7], self: [1, 5], other: [1, 5] },
    ...{ float32: [20, 1, 6, 1, 6, 1], float64: [20, 1, 6, 1, 6, 1] },
  }),
  'only the buffer transposed': row({ shape: [5, 7], self: [1, 5], other: [7, 1] }),
  'only the gradient transposed': row({ shape: [5, 7], self: [7, 1], other: [1, 5] }),
  'a gradient with gaps between elements': row({ shape: [35], self: [1], other: [2] }),
  'a gradient with gaps between rows: each row is a run': row({
    ...{ shape: [3, 19], self: [19, 1], other: [24, 1] },
    ...{ float32: [16, 3, 16, 3, 16, 3], float64: [16, 3, 16, 3, 16, 3] },
  }),
  'a gradient of one repeated element': row({
    ...{ shape: [35], self: [1], other: [0] },
    ...{ float32: [32, 3], float64: [32, 3] },
  }),
  'a gradient of repeated rows': row({
    ...{ shape: [3, 19], self: [19, 1], other: [0, 1] },
    ...{ float32: [16, 3, 16, 3, 16, 3], float64: [16, 3, 16, 3, 16, 3] },
  }),
  'permuted, both alike': row({
    ...{ shape: [5, 3, 4], self: [1, 20, 5], other: [1, 20, 5] },
    ...{ float32: [10, 2, 10, 2, 10, 2, 9, 3, 9, 3], float64: [23, 1, 11, 1, 11, 1, 11, 1] },
  }),
  'channels-last, both alike': row({
    ...{ shape: [2, 3, 3, 5], self: [45, 1, 15, 3], other: [45, 1, 15, 3] },
    ...{ float32: [57, 3, 12, 3, 11, 4], float64: [74, 1, 14, 1] },
  }),
  'channels-last with a contiguous gradient': row({
    ...{ shape: [2, 3, 3, 5], self: [45, 1, 15, 3], other: [45, 15, 5, 1] },
  }),
  'one row, transposed': row({
    ...{ shape: [1, 19], self: [1, 1], other: [19, 1] },
    ...{ float32: [16, 3], float64: [16, 3] },
  }),
};

test.each(Object.entries(MEASURED))('blocks: %s', (_name, { shape, self, other, ...expected }) => {
  for (const dtype of ['float32', 'float64'] as const) {
    const tensor = (strides: readonly number[]): Tensor =>
      new Tensor({ dtype, shape, strides, data: allocate(dtype, 256) });
    const inBlock = blocksOf(tensor(self), tensor(other));
    const inside = Array.from({ length: tensor(self).numel() }, (_, i) => inBlock(i));
    expect(inside).toEqual(expected[dtype].flatMap((length, i) => Array<boolean>(length).fill(i % 2 === 0)));
  }
});

function contiguous(shape: readonly number[], float32: readonly number[], float64: readonly number[]): Row {
  const strides = contiguousStrides(shape);
  return { shape, self: strides, other: strides, float32, float64 };
}

/** Without stretches: no blocks at all. */
function row(own: Pick<Row, 'shape' | 'self' | 'other'> & Partial<Row>): Row {
  const none = [0, own.shape.reduce((product, size) => product * size, 1)];
  return { float32: none, float64: none, ...own };
}

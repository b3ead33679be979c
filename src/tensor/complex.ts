/**
 * Complex tensors: seen as their real and imaginary parts, which is what an update computes in, and put together again.
 */
import { RuntimeError, TypeError } from '../python/errors.ts';
import { type Aten, atenOfTensors } from './aten.ts';
import type { Loop } from './arithmetic/loops.ts';
import { type ComplexDType, isComplex, partDType } from './dtype.ts';
import { Tensor } from './tensor.ts';

/**
 * The same elements as a real tensor, with one more dimension: 0 leads to the real part, 1 to the imaginary one.
 *
 * @throws for a real tensor, RuntimeError or, from 2.15 on, TypeError (clause NUM-10)
 */
export function view_as_real(self: Tensor, { view_as_real_refusal }: Aten = atenOfTensors()): Tensor {
  const { dtype, shape, strides, device, storage } = self;
  if (!isComplex(dtype))
    throw new { RuntimeError, TypeError }[view_as_real_refusal]('view_as_real is only supported for complex tensors');
  return new Tensor({
    ...{ dtype: partDType(dtype), device, data: storage, shares: self },
    ...{ shape: [...shape, 2], strides: [...strides.map((stride) => 2 * stride), 1] },
  });
}

/** The same elements as complex ones, of a tensor that `view_as_real` of them would be. */
export function view_as_complex(parts: Tensor): Tensor {
  const dtype: ComplexDType = parts.dtype === 'float32' ? 'complex64' : 'complex128';
  const { shape, strides, device, storage } = parts;
  return new Tensor({
    ...{ dtype, device, data: storage, shares: parts },
    ...{ shape: shape.slice(0, -1), strides: strides.slice(0, -1).map((stride) => stride / 2) },
  });
}

/** -a over parts; of numbers in a block of a kernel that takes them from 0, zeros of either sign become 0 (clause NUM-10). */
export function negComplex(inBlock: (index: number) => boolean): Loop {
  return (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = inBlock(i >> 1) ? 0 - a[i]! : -a[i]!;
  };
}

/** The imaginary part of a scalar: of an infinity times it there is nothing to tell. */
const IMAGINARY = 0;

/** a + s * b over parts, as numbers whose scalar is complex too: every product and sum is rounded (clause NUM-10). */
export function addComplex(round: (x: number) => number): Loop {
  return (n, out, a, b, _c, s) => {
    for (let i = 0; i < n; i += 2) {
      const [re, im] = [b[i]!, b[i + 1]!];
      out[i] = a[i]! + round(round(re * s) - round(im * IMAGINARY));
      out[i + 1] = a[i + 1]! + round(round(re * IMAGINARY) + round(im * s));
    }
  };
}

/**
 * Complex tensors: their parts, and the two operations on whole numbers. Numbers are those of PyTorch 2.15.0 (clause NUM-10).
 */
import { afterEach, describe, expect, it, test } from 'vitest';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { setWarningSink } from '../../src/python/warnings.ts';
import { arithmetics } from '../../src/tensor/arithmetic/index.ts';
import { setTensorReference } from '../../src/tensor/aten.ts';
import { view_as_complex, view_as_real } from '../../src/tensor/complex.ts';
import { cloned, zeros_like } from '../../src/tensor/creation.ts';
import { Elementwise } from '../../src/tensor/ops.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';

/** complex64 of pairs of parts. */
function complex(...parts: number[]): Tensor {
  return new Tensor({ dtype: 'complex64', shape: [parts.length / 2], data: Float32Array.from(parts) });
}

describe('a complex tensor', () => {
  it('has two numbers an element, in C order of its strides', () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const across = new Tensor({ dtype: 'complex128', shape: [2, 2], strides: [1, 2], data });
    expect([across.numel(), across.is_contiguous()]).toEqual([4, false]);
    expect([...across.elements()]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
    const fewer = { dtype: 'complex128', shape: [2, 2], data: data.slice(0, 6) } as const;
    expect(() => new Tensor(fewer)).toThrow('data of shape [2, 2]: expected 4 elements, got 3');
  });

  it('can require grad, and is a parameter', () => {
    expect(new Parameter({ dtype: 'complex64', shape: [1], data: Float32Array.of(1, 2) }).requires_grad).toBe(true);
  });

  it('makes zeros like it, with as many parts', () => {
    expect(zeros_like(complex(1, 2, 3, 4)).elements()).toEqual(new Float32Array(4));
  });

  it('is printed as a Python number where it has no dimensions', () => {
    const of = (...parts: number[]): string =>
      new Tensor({ dtype: 'complex128', shape: [], data: Float64Array.from(parts) }).__format__();
    expect([of(1, -2), of(0, 2), of(-0, 2), of(1e20, 1e-7), of(NaN, Infinity)]).toEqual([
      ...['(1-2j)', '2j', '(-0+2j)', '(1e+20+1e-07j)', '(nan+infj)'],
    ]);
  });
});

describe('view_as_real', () => {
  afterEach(() => setTensorReference('2.15'));

  it('is the same elements with one more dimension, and their version', () => {
    const whole = complex(1, 2, 3, 4);
    const parts = view_as_real(whole);
    expect([parts.dtype, parts.shape, parts.strides]).toEqual(['float32', [2, 2], [2, 1]]);
    parts.fill_(7);
    expect([[...whole.elements()], whole._version]).toEqual([[7, 7, 7, 7], 1]);
    expect([...view_as_complex(parts).elements()]).toEqual([7, 7, 7, 7]);
    expect(view_as_complex(parts).dtype).toBe('complex64');
  });

  it('of a real tensor is refused, as an error of another type from 2.15 on', () => {
    const real = new Tensor({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
    const named = (): unknown => {
      try {
        return view_as_real(real);
      } catch (error) {
        return String(error);
      }
    };
    expect(named()).toBe('TypeError: view_as_real is only supported for complex tensors');
    setTensorReference('2.14');
    expect(named()).toBe('RuntimeError: view_as_real is only supported for complex tensors');
  });
});

test('a negative zero comes of 0 but in the blocks of an AVX kernel', () => {
  const signs = (arithmetic: 'separate' | 'fused'): string => {
    const made = new Elementwise(arithmetics[arithmetic]).neg(complex(...Array<number>(18).fill(0)));
    return Array.from(made.elements(), (x) => (Object.is(x, -0) ? '1' : '0')).join('');
  };
  expect(signs('separate')).toBe('1'.repeat(18));
  expect(signs('fused')).toBe('0'.repeat(16) + '11');
});

test('what is not finite in one part of what is added makes the other NaN', () => {
  const parts = (arithmetic: 'separate' | 'fused'): number[] => [
    ...new Elementwise(arithmetics[arithmetic]).add(complex(0.25, -0.75), complex(0, Infinity), 0.5).elements(),
  ];
  expect(parts('separate')).toEqual([NaN, Infinity]);
  expect(parts('fused')).toEqual([NaN, Infinity]);
});

test('square_avg is the squares of the parts', () => {
  const p = new Parameter({ dtype: 'complex128', shape: [1], data: Float64Array.of(1, 1) });
  const optimizer = new RMSprop([p]);
  p.grad = new Tensor({ dtype: 'complex128', shape: [1], data: Float64Array.of(3, 4) });
  optimizer.step();
  const { square_avg } = optimizer.state.get(p) as unknown as { square_avg: Tensor };
  expect([square_avg.dtype, ...square_avg.elements()]).toEqual([
    'complex128',
    0.09000000000000008,
    0.16000000000000014,
  ]);
});

test('what becomes real loses its imaginary parts, with a warning', () => {
  const warned: string[] = [];
  setWarningSink((category, message) => warned.push(`${category}: ${message}`));
  try {
    expect([...cloned(complex(1, 2, 3, 4), 'float64').elements()]).toEqual([1, 3]);
  } finally {
    setWarningSink(undefined);
  }
  expect(warned).toEqual(['UserWarning: Casting complex values to real discards the imaginary part']);
});

/**
 * Texts of tensors that no program of golden/ can print: other devices.
 */
import { describe, expect, test } from 'vitest';
import { repr, str } from '../../../src/python/text/repr.ts';
import { Parameter, Tensor } from '../../../src/tensor/tensor.ts';

const init = { dtype: 'float32', shape: [2], data: Float32Array.of(1, -2.5) } as const;

describe('repr', () => {
  test('of a tensor on a GPU names the device first', () => {
    const tensor = new Parameter({ ...init, dtype: 'float64', data: Float64Array.of(1, -2.5), device: 'cuda:1' });
    expect(repr(tensor)).toBe(
      "Parameter containing:\ntensor([ 1.0000, -2.5000], device='cuda:1', dtype=torch.float64,\n       requires_grad=True)",
    );
  });

  test('of a leaf that is no Parameter, and of a Parameter that does not require grad', () => {
    expect(repr(new Tensor({ ...init, requires_grad: true }))).toBe('tensor([ 1.0000, -2.5000], requires_grad=True)');
    expect(repr(new Parameter({ ...init, requires_grad: false }))).toBe(
      'Parameter containing:\ntensor([ 1.0000, -2.5000])',
    );
  });
});

test('str of a number tensor on a GPU is the number', () => {
  expect(str(new Tensor({ ...init, shape: [], data: Float32Array.of(0.5), device: 'cuda:0' }))).toBe('0.5');
});

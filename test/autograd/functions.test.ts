/**
 * Functions of tensors: what they compute, their derivatives against differences, and the bookkeeping of autograd.
 */
import { describe, expect, test } from 'vitest';
import {
  add,
  addcdiv,
  addcdiv_,
  addcmul,
  addcmul_,
  add_,
  backward,
  clone,
  detach,
  div,
  div_,
  enable_grad,
  expand,
  gradcheck,
  lerp,
  lerp_,
  matmul,
  mean,
  mul,
  mul_,
  narrow,
  neg,
  no_grad,
  relu,
  sqrt,
  sqrt_,
  sub,
  sub_,
  sum,
  t,
  tanh,
  view,
} from '../../src/autograd.ts';
import { setWarningSink } from '../../src/python/warnings.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const leaf = (shape: readonly number[], ...numbers: number[]): Tensor =>
  new Tensor({ dtype: 'float64', shape, data: Float64Array.from(numbers), requires_grad: true });

const a = leaf([2, 3], 0.5, -1.5, 2, 0.25, 3, -0.75);
const b = leaf([2, 3], 1.5, 0.5, -2.5, 1.25, 0.75, 2);
const c = leaf([2, 3], 2, 1.5, 1, 0.5, 3, 0.75);
const row = leaf([3], 0.5, 1.5, -2);
const one = leaf([], 1.75);

/** What each makes of the tensors above, and from which of them. */
const MAKES: readonly (readonly [name: string, make: () => Tensor, inputs: readonly Tensor[], first: number])[] = [
  ['neg', () => neg(a), [a], -0.5],
  ['add', () => add(a, b, { alpha: -3 }), [a, b], 0.5 - 4.5],
  ['add, a number', () => add(a, 2), [a], 2.5],
  ['add, broadcast', () => add(row, a), [a, row], 1],
  ['add_', () => add_(clone(a), b), [a, b], 2],
  ['sub', () => sub(a, b, { alpha: 2 }), [a, b], -2.5],
  ['sub, a number', () => sub(a, 2), [a], -1.5],
  ['sub_', () => sub_(sub_(clone(a), b), 1), [a, b], -2],
  ['mul', () => mul(a, b), [a, b], 0.75],
  ['mul, itself', () => mul(a, a), [a], 0.25],
  ['mul, a number', () => mul(a, 3), [a], 1.5],
  ['mul, broadcast', () => mul(one, a), [a, one], 0.875],
  ['mul_', () => mul_(clone(a), b), [a, b], 0.75],
  ['div', () => div(a, c), [a, c], 0.25],
  ['div, a number', () => div(a, 2), [a], 0.25],
  ['div_', () => div_(div_(clone(a), c), 2), [a, c], 0.125],
  ['sqrt', () => sqrt(c), [c], Math.SQRT2],
  ['sqrt_', () => sqrt_(clone(c)), [c], Math.SQRT2],
  ['addcmul', () => addcmul(a, b, c, { value: 0.5 }), [a, b, c], 2],
  ['addcmul_', () => addcmul_(clone(a), b, c), [a, b, c], 3.5],
  ['addcdiv', () => addcdiv(a, b, c, { value: 2 }), [a, b, c], 2],
  ['addcdiv_', () => addcdiv_(clone(a), b, c), [a, b, c], 1.25],
  ['lerp', () => lerp(a, b, 0.25), [a, b], 0.75],
  ['lerp_', () => lerp_(clone(a), b, 0.75), [a, b], 1.25],
  ['sum', () => sum(mul(a, b)), [a, b], -3.9375],
  ['mean', () => mean(a), [a], 3.5 / 6],
  ['relu', () => relu(a), [a], 0.5],
  ['tanh', () => tanh(a), [a], Math.tanh(0.5)],
  ['matmul', () => matmul(a, t(b)), [a, b], 0.75 - 0.75 - 5],
  ['t', () => t(a), [a], 0.5],
  ['view', () => mul(view(a, [3, 2]), 2), [a], 1],
  ['view of one element', () => view(one, [1, 1]), [one], 1.75],
  ['narrow', () => narrow(a, 1, 1), [a], 0.25],
  ['expand', () => mul(expand(row, [2, 3]), a), [row, a], 0.25],
  ['clone', () => clone(a), [a], 0.5],
];

describe('computed, and derivatives within what differences say', () => {
  test.each(MAKES)('%s', (_, make, inputs, first) => {
    expect(make().elements()[0]).toBeCloseTo(first, 12);
    gradcheck(() => [make()], inputs);
  });

  test('gradcheck finds a derivative that is not there', () => {
    expect(() => gradcheck(() => [mul(a, detach(a))], [a])).toThrow(
      'element 0 of result 0 by element 0 of input 0: the graph says 0.5, differences say 0.99999',
    );
  });
});

describe('bookkeeping', () => {
  test('leaves, grad_fn, requires_grad', () => {
    const x = leaf([2], 1, 2);
    const y = mul(x, 2);
    expect([x.is_leaf, x.grad_fn, y.is_leaf, y.requires_grad, y.grad_fn?.name]).toEqual([
      ...[true, null, false, true, 'MulBackward0'],
    ]);
    expect(mul(detach(x), 2).requires_grad).toBe(false);
  });

  test('no_grad and enable_grad', () => {
    const x = leaf([2], 1, 2);
    expect(no_grad(() => mul(x, 2)).requires_grad).toBe(false);
    expect(no_grad(() => enable_grad(() => mul(x, 2))).requires_grad).toBe(true);
    no_grad(() => mul_(x, 2));
    expect([...x.elements()]).toEqual([2, 4]);
  });

  test('gradients accumulate in the same tensor', () => {
    const x = leaf([2], 1, 2);
    sum(mul(x, 3)).backward();
    const { grad } = x;
    sum(mul(x, x)).backward();
    expect(x.grad).toBe(grad);
    expect([...grad!.elements(), grad!._version]).toEqual([5, 7, 1]);
  });

  test('retain_graph lets a graph be gone through again', () => {
    const x = leaf([2], 1, 2);
    const loss = sum(mul(x, x));
    loss.backward(null, { retain_graph: true });
    loss.backward();
    expect([...x.grad!.elements()]).toEqual([4, 8]);
  });

  test('retain_grad keeps the gradient of what is no leaf', () => {
    const warnings: string[] = [];
    const restore = setWarningSink((_, text) => warnings.push(text));
    const x = leaf([2], 1, 2);
    const [kept, not] = [mul(x, 2), mul(x, 3)];
    kept.retain_grad();
    sum(add(kept, not)).backward();
    expect([...kept.grad!.elements()]).toEqual([1, 1]);
    expect([not.grad, warnings.length]).toEqual([null, 1]);
    setWarningSink(restore);
  });

  test('detached tensors and views count writes together', () => {
    const x = new Tensor({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) });
    const other = detach(x);
    mul_(other, 2);
    expect([...x.elements(), x._version, narrow(x, 1, 1)._version]).toEqual([2, 4, 1, 1]);
  });

  test('what is filled has no derivative any more', () => {
    const x = leaf([2], 1, 2);
    const y = clone(x);
    y.fill_(5);
    sum(mul(y, 2)).backward();
    expect([...x.grad!.elements()]).toEqual([0, 0]);
  });

  test('several tensors at once, each with its gradient', () => {
    const x = leaf([2], 1, 2);
    const gradient = new Tensor({ dtype: 'float64', shape: [2], data: Float64Array.of(10, 20) });
    backward([
      { tensor: mul(x, 2), gradient },
      { tensor: sum(x), gradient: null },
    ]);
    expect([...x.grad!.elements()]).toEqual([21, 41]);
  });
});

import { describe, expect, test } from 'vitest';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { separate } from '../../src/tensor/arithmetic/separate.ts';
import { set_grad_enabled } from '../../src/tensor/grad-mode.ts';
import { Elementwise } from '../../src/tensor/ops.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';
import { whole } from '../../src/tensor/whole.ts';

const ops = new Elementwise(separate);
const vector = (...data: number[]): Tensor =>
  new Tensor({ dtype: 'float64', shape: [data.length], data: Float64Array.from(data) });
const refuse = (): never => {
  throw new Error('refused');
};

describe('what throws', () => {
  test('leaves the tensors that it wrote as they were, with their versions and without a graph', () => {
    const [x, leaf] = [vector(1, 2), new Parameter({ dtype: 'float64', shape: [2], data: Float64Array.of(3, 4) })];
    const body = (): never => {
      ops.mul_(x, 2);
      ops.add_(x, leaf);
      return refuse();
    };
    expect(() => whole(() => set_grad_enabled(true, body))).toThrow('refused');
    expect([[...x.elements()], x._version, x.requires_grad, x.grad_fn]).toEqual([[1, 2], 0, false, null]);
  });

  test('leaves them as the part left them that is a whole itself', () => {
    const x = vector(1);
    whole(() => {
      ops.mul_(x, 2);
      const part = (): never => {
        ops.mul_(x, 2);
        return refuse();
      };
      expect(() => whole(part)).toThrow('refused');
    });
    expect(x.elements()[0]).toBe(2);
  });
});

test('what returns has written, and what comes after it is not undone', () => {
  const x = vector(1);
  expect(whole(() => ops.mul_(x, 2))).toBe(x);
  ops.mul_(x, 2);
  expect(x.elements()[0]).toBe(4);
});

describe('a compiled step that is refused in its second group', () => {
  const groups = (): [Parameter, Parameter] => {
    const made = [1, 2].map((x) => new Parameter({ dtype: 'float64', shape: [1], data: Float64Array.of(x) }));
    for (const w of made) w.grad = vector(0.5);
    return made as [Parameter, Parameter];
  };

  test.each([
    ['compiled', 1],
    ['separate', 0.9],
  ] as const)('leaves in arithmetic %s the parameter of the first at about %d', (arithmetic, first) => {
    const [a, b] = groups();
    const given = [{ params: [a] }, { params: [b], foreach: true, differentiable: true }];
    const optimizer = new RMSprop(given, {}, { arithmetic });
    expect(() => optimizer.step()).toThrow("_foreach ops don't support autograd");
    expect(a.item()).toBeCloseTo(first, 6);
    expect(optimizer.state.size).toBe(2);
  });
});

import { expect, test } from 'vitest';
import { copy, Parameter, RMSprop, Tensor } from '../../src/index.ts';

const w = new Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(1) });

test.each([
  [{ reference: '9.9' }, 'unknown reference 9.9; known are 2.1, 2.13, 2.14, 2.15'],
  [{ reference: 'toString' }, 'unknown reference toString; known are 2.1, 2.13, 2.14, 2.15'],
  [{ arithmetic: 'exact' }, 'unknown arithmetic exact; known are separate, fused, cuda, compiled'],
])('an optimizer that is to follow %j is refused', (faithful, message) => {
  expect(() => new RMSprop([w], {}, faithful as never)).toThrow(new RangeError(message));
});

test.each([false, null, [false]])(
  '%j as a positional argument of zero_grad is refused, and no gradient cleared',
  (given) => {
    const p = new Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
    p.grad = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(2) });
    const optimizer = new RMSprop([p]);
    expect(() => optimizer.zero_grad(given as never)).toThrow(
      new RangeError('zero_grad: expected keyword arguments in one object'),
    );
    expect(p.grad.item()).toBe(2);
  },
);

test('zero_grad refuses a keyword that it does not have', () => {
  const optimizer = new RMSprop([w]);
  expect(() => optimizer.zero_grad({ set_to_zero: true } as never)).toThrow(
    "Optimizer.zero_grad() got an unexpected keyword argument 'set_to_zero'",
  );
});

test('what unpickling makes follows the newest version, and a copy what its original follows', () => {
  const old = new RMSprop([w], {}, { reference: '2.1' });
  w.grad = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
  old.step();
  copy(old).step();
  expect(old.state.get(w)['step']).toBe(2);
  const made = Object.create(RMSprop.prototype) as RMSprop;
  made.__setstate__(old.__getstate__());
  made.step();
  const { step } = old.state.get(w);
  expect(step instanceof Tensor && step.item()).toBe(3);
});

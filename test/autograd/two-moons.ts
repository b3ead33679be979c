/**
 * A network of two layers that tells two moons apart, trained by closures: the twin of twin.py.
 */
import { add, matmul, mean, mul, narrow, relu, sub } from '../../src/autograd.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import type { RMSpropOptions } from '../../src/optim/rmsprop-options.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { type Recorded, tensorOf } from './recorded.ts';

/**
 * The losses of 200 steps.
 *
 * @param size rows of a batch: 1, or all 200
 */
export function train(
  { points, labels, weights }: Recorded['two_moons'],
  size: number,
  options: RMSpropOptions = {},
): number[] {
  const shapes = [
    [2, 8],
    [1, 8],
    [8, 1],
    [1, 1],
  ] as const;
  const params = shapes.map((shape, i) => tensorOf(weights[i]!, shape, true));
  const [w1, b1, w2, b2] = params as [Tensor, Tensor, Tensor, Tensor];
  const [x, y] = [tensorOf(points, [200, 2]), tensorOf(labels, [200, 1])];
  const optimizer = new RMSprop(params, { lr: 0.01, ...options });
  return Array.from({ length: 200 }, (_, i) => {
    const start = (i * size) % 200;
    const [rows, wanted] = [narrow(x, start, size), narrow(y, start, size)];
    const loss = optimizer.step(() => {
      optimizer.zero_grad();
      const hidden = relu(add(matmul(rows, w1), b1));
      const error = sub(add(matmul(hidden, w2), b2), wanted);
      const loss = mean(mul(error, error));
      loss.backward();
      return loss;
    });
    return loss!.item();
  });
}

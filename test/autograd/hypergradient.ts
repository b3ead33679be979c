/**
 * The learning rate of ten steps, learnt: a step of 1 is recorded and scaled by what is learnt. The twin of twin.py.
 */
import { add_, clone, mul, mul_, sub, sub_, sum } from '../../src/autograd.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const doubles = (shape: readonly number[], ...numbers: number[]): Tensor =>
  new Tensor({ dtype: 'float64', shape, data: Float64Array.from(numbers) });

/** Twenty values of the learning rate, and the losses and derivatives that led to them. */
export function hypergradient(): { rates: number[]; losses: number[]; gradients: number[] } {
  const [target, curvature] = [doubles([2], 3, -2), doubles([2], 1, 10)];
  const lr = doubles([], 0.05);
  lr.requires_grad = true;
  const outer = new RMSprop([lr], { lr: 0.02 });
  const [rates, losses, gradients]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < 20; i++) {
    const start = doubles([2], 0, 0);
    start.requires_grad = true;
    const w = clone(start);
    const inner = new RMSprop([w], { lr: 1, alpha: 0.9, momentum: 0.5, differentiable: true });
    for (let step = 0; step < 10; step++) {
      const before = clone(w);
      w.grad = mul(sub(w, target), curvature);
      inner.step();
      sub_(w, before);
      mul_(w, lr);
      add_(w, before);
    }
    const loss = sum(mul(mul(sub(w, target), sub(w, target)), curvature));
    outer.zero_grad();
    loss.backward();
    gradients.push(lr.grad!.item());
    outer.step();
    rates.push(lr.item());
    losses.push(loss.item());
  }
  return { rates, losses, gradients };
}

/**
 * Tensors of a scenario that operations recorded, and going back to the leaves behind them.
 */
import '../autograd/put.ts';
import { backward } from '../autograd/engine.ts';
import { clone } from '../autograd/views.ts';
import type { PortObjects } from '../scenario/object-port.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor } from '../tensor/tensor.ts';
import { gradientOf } from './layout.ts';
import { describeTensor } from './port-objects.ts';

const leaves = new WeakMap<Tensor, Tensor>();

/** A clone of a leaf that requires grad. */
export function recordedClone(leaf: Tensor): Tensor {
  const made = set_grad_enabled(true, () => clone(leaf));
  leaves.set(made, leaf);
  return made;
}

/** The member `backward` of the port's objects. */
export const backwardOf: NonNullable<PortObjects['backward']> = (roots, of) => {
  backward(
    roots.map(({ tensor, gradient }) => ({
      tensor: tensor as Tensor,
      gradient: gradient && gradientOf(tensor as Tensor, gradient),
    })),
  );
  return of.map((tensor) => {
    const grad = leaves.get(tensor as Tensor)?.grad;
    return grad ? describeTensor(grad) : null;
  });
};

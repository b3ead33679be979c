/**
 * Tensors of a scenario that operations recorded, and going back to the leaves behind them.
 */
import '../autograd/put.ts';
import { backwardBy } from '../autograd/engine.ts';
import { clone } from '../autograd/views.ts';
import { rounded, type WayBack } from '../autograd/way-back.ts';
import type { PortObjects } from '../scenario/object-port.ts';
import type { PortTensor } from '../scenario/port.ts';
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

/** How a port goes back. */
interface GoingBack {
  readonly way: WayBack;
  /** Takes the gradient of a root. */
  given(gradient: Tensor): Tensor;
  describe(gradient: Tensor): PortTensor;
}

const as_the_port: GoingBack = { way: rounded, given: (gradient) => gradient, describe: describeTensor };

/** The member `backward` of the port's objects. */
export function backwardOf(going: GoingBack = as_the_port): NonNullable<PortObjects['backward']> {
  const { way, given, describe } = going;
  return (roots, of) => {
    backwardBy(
      way,
      roots.map(({ tensor, gradient }) => ({
        tensor: tensor as Tensor,
        gradient: gradient && given(gradientOf(tensor as Tensor, gradient)),
      })),
    );
    return of.map((tensor) => {
      const grad = leaves.get(tensor as Tensor)?.grad;
      return grad ? describe(grad) : null;
    });
  };
}

/**
 * The port's optimizers as objects of PyTorch's shape, for programs that look into them.
 */
import { deepcopy } from '../optim/deepcopy.ts';
import {
  forget_hooks,
  register_optimizer_step_post_hook,
  register_optimizer_step_pre_hook,
  type StepHook,
} from '../optim/hooks.ts';
import type { Params } from '../optim/param-group.ts';
import { unpatch_step_functions } from '../optim/step.ts';
import type { RMSprop, RMSpropOptions } from '../optim/rmsprop.ts';
import type { PortObjects } from '../scenario/object-port.ts';
import type { PortTensor } from '../scenario/port.ts';
import { is_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor } from '../tensor/tensor.ts';
import { gradientOf } from './layout.ts';

/** The member `objects` of a port over a class of RMSprop's signature. */
export function objectsOf(construct: (params: Params, options: RMSpropOptions) => RMSprop): PortObjects {
  return {
    construct: (params, options) => construct(params as Params, options),
    gradient: (tensor, elements, sparse) => {
      const like = tensor as Tensor;
      if (!sparse) return gradientOf(like, elements);
      const { dtype, shape, device } = like;
      return new Tensor({ dtype, shape, device, data: elements, is_sparse: true });
    },
    describe: (value) => (value instanceof Tensor ? describeTensor(value) : undefined),
    deepcopy,
    is_grad_enabled,
    register_optimizer_step_pre_hook: (hook, ...rest) =>
      register_optimizer_step_pre_hook(hook as StepHook, ...(rest as unknown as never[])),
    register_optimizer_step_post_hook: (hook, ...rest) =>
      register_optimizer_step_post_hook(hook as StepHook, ...(rest as unknown as never[])),
    reset() {
      forget_hooks();
      unpatch_step_functions();
    },
  };
}

/** A tensor of the port as it is observed. */
export function describeTensor(tensor: Tensor): PortTensor {
  const { dtype, shape, strides, device } = tensor;
  return {
    ...{ dtype, shape, data: tensor.elements() },
    ...(tensor.is_contiguous() ? {} : { strides }),
    ...(device === 'cpu' ? {} : { device }),
  };
}

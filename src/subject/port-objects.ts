/**
 * The port's optimizers as objects of PyTorch's shape, for programs that look into them.
 */
import { copy } from '../python/copy.ts';
import { deepcopy } from '../python/deepcopy.ts';
import type { Dict } from '../python/dict.ts';
import {
  forgetHooks,
  register_optimizer_step_post_hook,
  register_optimizer_step_pre_hook,
  type StepHook,
} from '../optim/register-hook.ts';
import type { Faithful } from '../optim/faithful.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { type Params, required } from '../optim/add-param-group.ts';
import { unpatchStepFunctions } from '../optim/profile-hook-step.ts';
import type { Step } from '../optim/step.ts';
import type { RMSprop } from '../optim/rmsprop.ts';
import type { RMSpropOptions } from '../optim/rmsprop-options.ts';
import type { Construct, OwnStep, PortObjects } from '../scenario/object-port.ts';
import type { PortTensor } from '../scenario/port.ts';
import { set_default_dtype } from '../tensor/default-dtype.ts';
import { forgetGradMode, is_grad_enabled, set_grad_enabled } from '../tensor/grad-mode.ts';
import { NEWEST, setTensorReference } from '../tensor/aten.ts';
import { Tensor } from '../tensor/tensor.ts';
import { gradientOf } from './layout.ts';
import { backwardOf, recordedClone } from './recorded.ts';
import type { RMSpropClass } from './port.ts';

/** The member `objects` of a port over a class of RMSprop's signature. */
export function objectsOf(Class: RMSpropClass, follow: Faithful): PortObjects {
  return {
    construct: (params, options) => new Class(params as Params, options as RMSpropOptions, follow),
    gradient: (tensor, elements, kind) => {
      const like = tensor as Tensor;
      const { dtype, shape, device } = like;
      if (kind === 'sparse') return new Tensor({ dtype, shape, device, data: elements, is_sparse: true });
      const dense = gradientOf(like, elements);
      if (kind === undefined) return dense;
      dense.requires_grad = true;
      return recordedClone(dense);
    },
    describe: (value) => (value instanceof Tensor ? describeTensor(value) : undefined),
    deepcopy,
    copy,
    backward: backwardOf(),
    is_grad_enabled,
    no_grad: (run) => set_grad_enabled(false, run),
    subclass: (name, step) => subclass(Class, name, step, follow),
    base: { construct: (...given) => base(given, follow), required },
    set_default_dtype,
    register_optimizer_step_pre_hook: (hook, ...rest) =>
      register_optimizer_step_pre_hook(hook as StepHook, ...(rest as unknown as never[])),
    register_optimizer_step_post_hook: (hook, ...rest) =>
      register_optimizer_step_post_hook(hook as StepHook, ...(rest as unknown as never[])),
    reset() {
      forgetHooks();
      unpatchStepFunctions();
      forgetGradMode();
      set_default_dtype('float32');
      setTensorReference(follow.reference ?? NEWEST);
    },
  };
}

/** The base class; what stands first in a call is its `params`. */
function base([params, defaults]: Parameters<Construct>, follow: Faithful): Optimizer {
  if (params === undefined) return new Optimizer(defaults as unknown as Params, undefined as unknown as Dict, follow);
  return new Optimizer(params as Params, { ...defaults }, follow);
}

/** A subclass, with a step of its own or without. */
function subclass(Class: RMSpropClass, name: string, step: OwnStep | undefined, follow: Faithful): Construct {
  const made = { [name]: class extends Class {} }[name] as RMSpropClass;
  if (step)
    Object.defineProperty(made.prototype, 'step', {
      configurable: true,
      writable: true,
      value: function (this: RMSprop, ...given: readonly unknown[]): unknown {
        return step(given, (...passed) => (Class.prototype.step as Step).call(this, ...passed));
      },
    });
  return (params, options) => new made(params as Params, options as RMSpropOptions, follow);
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

/**
 * The package's library: the literal port of `torch.optim.RMSprop`, and the tensors that it trains.
 */
export { kernelMemory } from './fast/kernel.ts';
export type { KernelMemory } from './fast/memory.ts';
export type { ArithmeticName } from './tensor/arithmetic/arithmetic.ts';
export { get_default_dtype, set_default_dtype } from './tensor/default-dtype.ts';
export type { Data, DType } from './tensor/dtype.ts';
export {
  AssertionError,
  IndexError,
  KeyError,
  PythonError,
  RuntimeError,
  TypeError,
  ValueError,
} from './python/errors.ts';
export { is_grad_enabled, set_grad_enabled } from './tensor/grad-mode.ts';
export type { Ops } from './tensor/ops.ts';
export { setTensorReference } from './tensor/aten.ts';
export type { Reference } from './tensor/aten.ts';
export { Parameter, Tensor } from './tensor/tensor.ts';
export type { Device, TensorInit } from './tensor/tensor-init.ts';
export { setWarningSink } from './python/warnings.ts';
export type { WarningCategory, WarningSink } from './python/warnings.ts';
export { Optimizer } from './optim/optimizer.ts';
export type { Faithful } from './optim/faithful.ts';
export type { Closure } from './optim/optimizer.ts';
export type { DefaultDict, Dict } from './python/dict.ts';
export { required } from './optim/add-param-group.ts';
export type { Param, ParamGroup, ParamGroupInit, Params } from './optim/add-param-group.ts';
export { copy } from './python/copy.ts';
export { deepcopy } from './python/deepcopy.ts';
export { register_optimizer_step_post_hook, register_optimizer_step_pre_hook } from './optim/register-hook.ts';
export type { HookOptions, StepHook } from './optim/register-hook.ts';
export { RemovableHandle } from './optim/removable-handle.ts';
export type { HookDict } from './optim/removable-handle.ts';
export type { OrderedDict } from './python/ordered-dict.ts';
export type { SavedGroup, StateDict } from './optim/state-dict.ts';
export { tuple } from './python/tuple.ts';
export { RMSprop } from './optim/rmsprop.ts';
export type { RMSpropOptions } from './optim/rmsprop-options.ts';

/**
 * The package's library: the literal port of `torch.optim.RMSprop`, and the tensors that it trains.
 */
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
} from './tensor/errors.ts';
export { is_grad_enabled, set_grad_enabled } from './tensor/grad-mode.ts';
export type { Ops } from './tensor/ops.ts';
export { Parameter, Tensor } from './tensor/tensor.ts';
export type { Device, TensorInit } from './tensor/tensor.ts';
export { set_warning_sink } from './tensor/warnings.ts';
export type { WarningCategory, WarningSink } from './tensor/warnings.ts';
export { Optimizer } from './optim/optimizer.ts';
export type { Closure, Faithful, HookOptions } from './optim/optimizer.ts';
export type { DefaultDict, Dict } from './optim/dict.ts';
export { required } from './optim/param-group.ts';
export type { Param, ParamGroup, ParamGroupInit, Params } from './optim/param-group.ts';
export { copy } from './optim/copy.ts';
export type { Copying } from './optim/copy.ts';
export { set_record_function_sink } from './optim/profiler.ts';
export type { RecordFunctionSink } from './optim/profiler.ts';
export { deepcopy } from './optim/deepcopy.ts';
export { register_optimizer_step_post_hook, register_optimizer_step_pre_hook, RemovableHandle } from './optim/hooks.ts';
export type { HookDict, StepHook } from './optim/hooks.ts';
export type { OrderedDict } from './optim/ordered-dict.ts';
export type { SavedGroup, StateDict } from './optim/pack.ts';
export { tuple } from './optim/tuple.ts';
export { RMSprop } from './optim/rmsprop.ts';
export type { RMSpropOptions } from './optim/rmsprop.ts';
export { set_tensor_reference } from './optim/versions.ts';
export type { Reference } from './optim/versions.ts';

/**
 * The package's library: the literal port of `torch.optim.RMSprop`, and the tensors that it trains.
 */
export type { ArithmeticName } from './tensor/arithmetic/arithmetic.ts';
export type { Data, DType } from './tensor/dtype.ts';
export { AssertionError, KeyError, PythonError, RuntimeError, TypeError, ValueError } from './tensor/errors.ts';
export { Parameter, Tensor } from './tensor/tensor.ts';
export type { Device, TensorInit } from './tensor/tensor.ts';
export { set_warning_sink } from './tensor/warnings.ts';
export type { WarningCategory, WarningSink } from './tensor/warnings.ts';
export { Optimizer } from './optim/optimizer.ts';
export type { Closure, Faithful, ParamGroup, ParamGroupInit, Params, State } from './optim/optimizer.ts';
export { RMSprop } from './optim/rmsprop.ts';
export type { RMSpropOptions } from './optim/rmsprop.ts';
export type { Reference } from './optim/versions.ts';

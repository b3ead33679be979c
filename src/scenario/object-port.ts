/**
 * What a port offers beyond training: its optimizers are objects of PyTorch's shape, with PyTorch's names, so that a program
 * can look into them, save and load them and hang hooks on them. Needed for every feature from `groups` on (spec/needs.md).
 */
import type { PortTensor } from './port.ts';

/** A handle of a registered hook. */
export interface Handle {
  readonly id: number;
  remove(): void;
}

/** Registers a hook. */
export type Register = (hook: unknown, options?: { readonly prepend?: boolean }) => Handle;

/**
 * An optimizer as an object: attributes `defaults`, `state` (a Map from tensor to an object) and `param_groups` (an array of
 * objects), `toString`, and PyTorch's methods, keyword arguments as one object.
 */
export interface OptimizerObject {
  step(...args: readonly unknown[]): unknown;
  zero_grad(options?: { readonly set_to_none?: boolean }): unknown;
  add_param_group(group: unknown): unknown;
  state_dict(): unknown;
  load_state_dict(state_dict: unknown): unknown;
  register_step_pre_hook: Register;
  register_step_post_hook: Register;
  register_state_dict_pre_hook: Register;
  register_state_dict_post_hook: Register;
  register_load_state_dict_pre_hook: Register;
  register_load_state_dict_post_hook: Register;
  toString(): string;
}

/** The member `objects` of a port: its `T` is the port's tensor, with a property `grad`. */
export interface PortObjects {
  /** Makes an optimizer of whatever a program gives as params: arrays, sets, generators, objects, tensors, nonsense. */
  construct(params: unknown, options: Readonly<Record<string, unknown>>): unknown;
  /** A tensor of a given one's dtype, shape and device, to be its gradient; `sparse` in a sparse layout. */
  gradient(tensor: unknown, elements: Float32Array | Float64Array, sparse: boolean): unknown;
  /** What a value is as a tensor; undefined for anything else. */
  describe(value: unknown): PortTensor | undefined;
  /** Python's `copy.deepcopy`. */
  deepcopy(value: unknown): unknown;
  is_grad_enabled(): boolean;
  register_optimizer_step_pre_hook: Register;
  register_optimizer_step_post_hook: Register;
  /** As in a fresh process: no global hooks, handles counted from zero. */
  reset(): void;
}

/**
 * What a port offers beyond training: its optimizers are objects of PyTorch's shape, with PyTorch's names, so that a program
 * can look into them, save and load them and hang hooks on them. What needs it: spec/adapter.md.
 */
import type { OpmathDType } from '../tensor/dtype.ts';
import type { PortTensor } from './port.ts';

/** A handle of a registered hook. */
export interface Handle {
  readonly id: number;
  remove(): void;
  /** Needed for `attributes`: what a context manager gives on entering, and does on leaving. */
  __enter__?(): unknown;
  __exit__?(): void;
}

/** Registers a hook; keyword arguments are one object behind it. */
export type Register = (hook: unknown, options?: Readonly<Record<string, unknown>>) => Handle;

/**
 * An optimizer as an object: attributes `defaults`, `state` (a Map from tensor to an object) and `param_groups` (an array of
 * objects), `toString`, and PyTorch's methods, keyword arguments as one object.
 */
export interface OptimizerObject {
  step(...args: readonly unknown[]): unknown;
  zero_grad(options?: { readonly set_to_none?: unknown }): unknown;
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
  /** Needed for `attributes`. */
  __getstate__?(): unknown;
  __setstate__?(attributes: unknown): unknown;
}

/** A tensor to go back from, and its gradient. */
export interface BackwardRoot {
  readonly tensor: unknown;
  readonly gradient: Float32Array | Float64Array | null;
}

/** A method `step` of a subclass: the arguments it was called with, and RMSprop's own step. */
export type OwnStep = (given: readonly unknown[], parent: (...given: readonly unknown[]) => unknown) => unknown;

/** Constructs an optimizer of a class. */
export type Construct = (params: unknown, options: Readonly<Record<string, unknown>>) => unknown;

/** The member `objects` of a port: its `T` is the port's tensor, with a property `grad`. */
export interface PortObjects {
  /** Makes an optimizer of whatever a program gives as params: arrays, sets, generators, objects, tensors, nonsense; undefined for nothing. */
  construct(params: unknown, options: Readonly<Record<string, unknown>>): unknown;
  /** A tensor of a given one's dtype, shape and device, to be its gradient: in a sparse layout, or recorded by autograd. */
  gradient(tensor: unknown, elements: Float32Array | Float64Array, kind?: 'sparse' | 'recorded'): unknown;
  /** What a value is as a tensor; undefined for anything else. */
  describe(value: unknown): PortTensor | undefined;
  /** Python's `copy.deepcopy`. */
  deepcopy(value: unknown): unknown;
  /** Python's `copy.copy`, of optimizers, dictionaries and lists. Needed for `attributes`. */
  copy?(value: unknown): unknown;
  /**
   * Goes back from tensors at once, as `torch.autograd.backward`; their gradients are elements in C order, or null for None.
   * Returns what the gradients then are of the leaves that the tensors `of` are clones of. Needed for `backward`.
   */
  backward?(roots: readonly BackwardRoot[], of: readonly unknown[]): readonly (PortTensor | null)[];
  is_grad_enabled(): boolean;
  /** Runs with grad mode off. Needed for `closure`. */
  no_grad?<T>(run: () => T): T;
  /** A subclass of RMSprop, with a step of its own or without. Needed for `subclasses`. */
  subclass?(name: string, step: OwnStep | undefined): Construct;
  /** Constructs an `Optimizer` itself, over defaults; and the value that stands for a required option. Needed for `subclasses`. */
  readonly base?: { readonly construct: Construct; readonly required: unknown };
  /** Sets the default element type until `reset`. Needed for `default-dtype`. */
  set_default_dtype?(dtype: OpmathDType): void;
  register_optimizer_step_pre_hook: Register;
  register_optimizer_step_post_hook: Register;
  /** As in a fresh process: no global hooks, handles counted from zero, no class constructed before, grad mode on, float32 by default. */
  reset(): void;
}

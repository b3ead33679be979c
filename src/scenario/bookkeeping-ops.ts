/**
 * The operations beyond training, as a program writes them (spec/scenario.md).
 */
import type { OpmathDType } from '../tensor/dtype.ts';
import type { Gradients, Value } from './types.ts';

/** Sets the gradient of one tensor, or None. */
export interface GradOp {
  readonly op: 'grad';
  readonly tensor: string;
  readonly bits: string | null;
  /** In a sparse layout. */
  readonly sparse?: true;
  /** The result of a recorded operation: it requires grad and is no leaf. */
  readonly recorded?: true;
}

/**
 * Goes back from tensors at once, `torch.autograd.backward`, and observes the gradients of the leaves that the scenario's recorded
 * tensors are clones of, by the names of those.
 */
export interface BackwardOp {
  readonly op: 'backward';
  /** The gradient of each; null for None. */
  readonly from: Gradients;
}

/** A closure: logs `[log, grad mode, bits of the scenario's first tensor]`, sets gradients, does operations, returns or throws. */
export interface Closure {
  readonly log: string;
  readonly gradients?: Gradients;
  readonly do?: readonly BookkeepingOp[];
  readonly returns?: Value;
  /** Text of a RuntimeError. */
  readonly throw?: string;
}

/** One step; observes what it returns. */
export interface StepOp {
  readonly op: 'step';
  readonly optimizer?: string;
  readonly closure?: Closure;
  /** The closure as a keyword argument. */
  readonly keyword?: true;
  /** Further positional arguments. */
  readonly args?: readonly Value[];
  /** Further keyword arguments, before the closure. */
  readonly kwargs?: Readonly<Record<string, Value>>;
  /** Called with grad mode off. */
  readonly no_grad?: true;
}

/** Clears the gradients. */
export interface ZeroGradOp {
  readonly op: 'zero_grad';
  readonly optimizer?: string;
  readonly set_to_none?: Value;
}

/** Adds a group; the object itself is known as "group" afterwards. */
export interface AddParamGroupOp {
  readonly op: 'add_param_group';
  readonly optimizer?: string;
  readonly group: Value;
}

/** Observes the state dict, and keeps it under the name `as` ("saved" when left out). */
export interface StateDictOp {
  readonly op: 'state_dict';
  readonly optimizer?: string;
  readonly as?: string;
}

/** Loads the object named `from` ("saved" when left out), or a value. */
export interface LoadStateDictOp {
  readonly op: 'load_state_dict';
  readonly optimizer?: string;
  readonly from?: string;
  readonly value?: Value;
}

/** Python's `copy.deepcopy` of an optimizer or a kept object; with `shallow`, its `copy.copy`. */
export interface CopyOp {
  readonly op: 'copy';
  readonly of: string;
  readonly as: string;
  readonly shallow?: true;
}

/** Observes the text of an optimizer. */
export interface ReprOp {
  readonly op: 'repr';
  readonly optimizer?: string;
}

/**
 * A place in the objects of a program: the name of an optimizer or a kept object, or "$" and a tensor's; then attributes, keys
 * and indices, a tensor as key written "$name".
 */
export type Place = readonly [string, ...(string | number)[]];

/** Observes what is at a place, and keeps it under the name `as`. */
export interface LookOp {
  readonly op: 'look';
  readonly at: Place;
  readonly as?: string;
}

/** Observes the names of an optimizer's attributes, in their order. */
export interface AttributesOp {
  readonly op: 'attributes';
  readonly optimizer?: string;
}

/** Observes what pickling an optimizer keeps, and keeps it under the name `as` ("pickled" when left out). */
export interface GetStateOp {
  readonly op: 'getstate';
  readonly optimizer?: string;
  readonly as?: string;
}

/** Hands the object named `from` ("pickled" when left out), or a value, to `__setstate__`. */
export interface SetAttributesOp {
  readonly op: 'setstate';
  readonly optimizer?: string;
  readonly from?: string;
  readonly value?: Value;
}

/** Sets the default element type, for the rest of the program. */
export interface DefaultDtypeOp {
  readonly op: 'default_dtype';
  readonly dtype: OpmathDType;
}

/** Observes whether two places hold the same object. */
export interface IdentityOp {
  readonly op: 'identity';
  readonly a: Place;
  readonly b: Place;
}

/**
 * What to do to an entry of a dictionary or list: set it, delete it, or rename its key in place. An attribute is set, nothing else.
 */
export interface Edit {
  readonly at: readonly (string | number)[];
  readonly value?: Value;
  readonly delete?: true;
  readonly rename?: string | number;
}

/** Edits an entry of an object. */
export interface EditOp extends Edit {
  readonly op: 'edit';
}

/** What a hook is called for. */
export type HookKind =
  | 'step_pre'
  | 'step_post'
  | 'global_step_pre'
  | 'global_step_post'
  | 'state_dict_pre'
  | 'state_dict_post'
  | 'load_state_dict_pre'
  | 'load_state_dict_post';

/**
 * What a hook does. `log` logs the label and what the hook sees: of a step the number of positional arguments, the names of the
 * keyword arguments, the grad mode and the bits of the scenario's first tensor; of a state dict its keys; else the lr of group 0.
 * `do` does operations, and logs the name and value of each that has one.
 */
export type Behaviour =
  | { readonly log: string }
  | { readonly set_option: readonly [string, Value] }
  | { readonly set_state: readonly [string, Value] }
  | { readonly edit: Edit }
  | { readonly return: Value }
  | { readonly return_copy: Readonly<Record<string, Value>> }
  | { readonly return_closure: Closure }
  | { readonly return_optimizer: string }
  | { readonly do: readonly BookkeepingOp[] }
  | { readonly throw: string };

/** Registers a hook with keyword arguments `options`, observes the id of its handle, and keeps that under the name `as` (the kind when left out). */
export interface HookOp {
  readonly op: 'hook';
  readonly on: HookKind;
  readonly optimizer?: string;
  /** One after the other; or a value that is registered in place of a function. */
  readonly does: readonly Behaviour[] | Value;
  readonly options?: Readonly<Record<string, Value>>;
  readonly as?: string;
}

/**
 * Removes a hook by its handle; with `context` by using the handle as a context manager, which observes whether it enters as
 * itself, does operations and leaves, with a RuntimeError of the text `throw` if there is one.
 */
export interface RemoveHookOp {
  readonly op: 'remove_hook';
  readonly hook: string;
  readonly context?: true;
  readonly do?: readonly BookkeepingOp[];
  readonly throw?: string;
}

/** Operations that need a port's optimizer as an object of PyTorch's shape. */
export type BookkeepingOp =
  | GradOp
  | BackwardOp
  | StepOp
  | ZeroGradOp
  | AddParamGroupOp
  | StateDictOp
  | LoadStateDictOp
  | CopyOp
  | ReprOp
  | LookOp
  | IdentityOp
  | EditOp
  | HookOp
  | RemoveHookOp
  | AttributesOp
  | GetStateOp
  | SetAttributesOp
  | DefaultDtypeOp;

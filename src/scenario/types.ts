/**
 * The scenario language: what a scenario says and what running it observes. The JSON forms are those of spec/schemas.
 */
import type { DType } from '../tensor/dtype.ts';

/**
 * A value in a program or an observation. Lists are arrays; a string that begins with `$` in a program is the tensor of that
 * name; everything JSON lacks is an object with one key that begins with `$`.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly $float: 'nan' | 'inf' | '-inf' | '-0.0' }
  | { readonly $tuple: readonly Value[] }
  | { readonly $set: readonly Value[] }
  | { readonly $generator: readonly Value[] }
  | { readonly $dict: readonly (readonly [Value, Value])[] }
  | { readonly $tensor: TensorValue };

/** A tensor as observed; what has its usual value is left out. */
export interface TensorValue {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Elements in C order, as hex bit patterns. */
  readonly bits: string;
  /** Unless contiguous. */
  readonly strides?: readonly number[];
  /** Unless cpu. */
  readonly device?: string;
}

/** A tensor of a scenario, before the program begins. */
export interface TensorSpec {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Elements in C order, as hex bit patterns. */
  readonly bits: string;
  /** A `torch.nn.Parameter`; false when left out. */
  readonly parameter?: boolean;
  /** The result of a recorded operation (a clone of a tensor that requires grad); true when left out. */
  readonly leaf?: boolean;
  /** The layout: contiguous when left out. */
  readonly layout?: Layout;
}

/** How a tensor's elements lie in memory: dimensions reversed, channels last (4 dimensions), or every second column of a wider one. */
export type Layout = 'transposed' | 'channels_last' | 'gapped';

/** One step's gradients: bits a tensor (its dtype, shape and, where that has no gaps, layout, as autograd makes them), or null for None. */
export type Gradients = Readonly<Record<string, string | null>>;

/** Makes an optimizer, under the name `as` ("opt" when left out). */
export interface OptimizerOp {
  readonly op: 'optimizer';
  readonly as?: string;
  readonly params: Value;
  readonly options: Readonly<Record<string, Value>>;
}

/** Steps through a gradient sequence: sets the gradients, steps, observes every tensor the sequence names. */
export interface TrainOp {
  readonly op: 'train';
  readonly optimizer?: string;
  readonly gradients: string;
  /** How many steps. */
  readonly steps: number;
  /** Gradients of the sequence to pass over first; steps are numbered from `after` + 1. */
  readonly after?: number;
  /** Step numbers after which the tensors are observed; every step when left out. */
  readonly params_at?: readonly number[];
}

/** Sets an option of a parameter group. */
export interface SetOp {
  readonly op: 'set';
  readonly optimizer?: string;
  readonly group: number;
  readonly option: string;
  readonly value: Value;
}

/** Sets an entry of a tensor's state: a tensor that is there is filled, anything else becomes the number. */
export interface SetStateOp {
  readonly op: 'set_state';
  readonly optimizer?: string;
  readonly tensor: string;
  readonly key: string;
  readonly value: number;
}

/** Observes tensors. */
export interface ReadOp {
  readonly op: 'read';
  readonly tensors: readonly string[];
}

/** Observes the state of an optimizer, by the names of the parameters, in its own order. */
export interface StateOp {
  readonly op: 'state';
  readonly optimizer?: string;
}

/** Sets the gradient of one tensor, or None. */
export interface GradOp {
  readonly op: 'grad';
  readonly tensor: string;
  readonly bits: string | null;
  /** In a sparse layout. */
  readonly sparse?: true;
}

/** A closure: logs `[log, grad mode, bits of the scenario's first tensor]`, sets gradients, returns or throws. */
export interface Closure {
  readonly log: string;
  readonly gradients?: Gradients;
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
}

/** Clears the gradients. */
export interface ZeroGradOp {
  readonly op: 'zero_grad';
  readonly optimizer?: string;
  readonly set_to_none?: boolean;
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

/** Python's `copy.deepcopy` of an optimizer or a kept object. */
export interface CopyOp {
  readonly op: 'copy';
  readonly of: string;
  readonly as: string;
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

/** Observes what is at a place. */
export interface LookOp {
  readonly op: 'look';
  readonly at: Place;
}

/** Observes whether two places hold the same object. */
export interface IdentityOp {
  readonly op: 'identity';
  readonly a: Place;
  readonly b: Place;
}

/** What to do to an entry of a dictionary or list: set it, delete it, or rename its key in place. */
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
  | { readonly add_hook: Omit<HookOp, 'op'> }
  | { readonly remove_hook: string }
  | { readonly throw: string };

/** Registers a hook, observes the id of its handle, and keeps that under the name `as` (the kind when left out). */
export interface HookOp {
  readonly op: 'hook';
  readonly on: HookKind;
  readonly optimizer?: string;
  /** One after the other; or a value that is registered in place of a function. */
  readonly does: readonly Behaviour[] | Value;
  readonly prepend?: true;
  readonly as?: string;
}

/** Removes a hook by its handle. */
export interface RemoveHookOp {
  readonly op: 'remove_hook';
  readonly hook: string;
}

/** Operations that every port can do. */
export type TrainingOp = OptimizerOp | TrainOp | SetOp | SetStateOp | ReadOp | StateOp;

/** Operations that need a port's optimizer as an object of PyTorch's shape. */
export type BookkeepingOp =
  | GradOp
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
  | RemoveHookOp;

/** One operation of a program. */
export type Op = TrainingOp | BookkeepingOp;

/** A small program, complete in itself. */
export interface Scenario {
  readonly id: string;
  readonly tensors: Readonly<Record<string, TensorSpec>>;
  readonly gradients: Readonly<Record<string, readonly Gradients[]>>;
  readonly program: readonly Op[];
}

/** What was thrown: Python's type name and the text, normalised (spec/scenario.md). */
export interface Thrown {
  readonly type: string;
  readonly message: string;
}

/** What one operation returned, threw, warned or left behind; what there was none of is left out. */
export interface Observation {
  /** Returned, or read. */
  readonly value?: Value;
  /** The tensors after each step of a train operation: name to bits. */
  readonly steps?: readonly Readonly<Record<string, string>>[];
  /** What hooks and closures logged, in order. */
  readonly log?: readonly Value[];
  readonly warnings?: readonly Thrown[];
  readonly error?: Thrown;
  /** The operation's optimizer could not be made. */
  readonly skipped?: true;
  /** What the recording did not hold; never compared (spec/scenario.md). */
  readonly not_observed?: readonly ('warnings' | 'step-tensor')[];
}

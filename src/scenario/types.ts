/**
 * The scenario language: what a scenario says and what running it observes. The JSON forms are those of spec/schemas.
 */
import type { DType } from '../tensor/dtype.ts';
import type { BookkeepingOp } from './bookkeeping-ops.ts';

export type * from './bookkeeping-ops.ts';

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
  | { readonly $generator: readonly (Value | Raising)[] }
  | { readonly $iterable: readonly Value[] }
  | { readonly $hook: string }
  | { readonly $dict: readonly (readonly [Value, Value])[] }
  | { readonly $tensor: TensorValue };

/** An item of a generator that raises a RuntimeError with a text in place of giving an item. */
export interface Raising {
  readonly $raise: string;
}

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
  /** Of a tensor that is no leaf: keeps its gradient all the same. */
  readonly retains_grad?: true;
  /** The layout: contiguous when left out. */
  readonly layout?: Layout;
}

/** How a tensor's elements lie in memory: dimensions reversed, channels last (4 dimensions), or every second column of a wider one. */
export type Layout = 'transposed' | 'channels_last' | 'gapped' | 'expanded';

/** One step's gradients: bits a tensor (its dtype, shape and, where that has no gaps, layout, as autograd makes them), or null for None. */
export type Gradients = Readonly<Record<string, string | null>>;

/** Makes an optimizer, under the name `as` ("opt" when left out). */
export interface OptimizerOp {
  readonly op: 'optimizer';
  readonly as?: string;
  /** Not given when left out, which is refused. */
  readonly params?: Value;
  readonly options: Readonly<Record<string, Value>>;
  /** The class; RMSprop when left out. */
  readonly class?: ClassSpec;
  /** Of `Optimizer` itself: options that every group must give. */
  readonly required?: readonly string[];
}

/**
 * `Optimizer` itself, with the options as its defaults; or a subclass of RMSprop, whose own step, if it logs, logs a label and the
 * grad mode and then calls RMSprop's. A name that the program used before is the same class.
 */
export type ClassSpec = 'Optimizer' | { readonly name: string; readonly logs?: string };

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

/** Fills a tensor in place, as schedulers do with an lr that is one (clause OPT-4). */
export interface FillOp {
  readonly op: 'fill';
  readonly tensor: string;
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

/** What a training goes on from, as plain data: what a file of `optimizer.state_dict()` says of numbers. */
export interface PlainCheckpoint {
  /** As many as the optimizer has, with the same tensors. */
  readonly groups: readonly PlainGroup[];
  /** By the names of the tensors that have state: buffers, and `step` as a number. */
  readonly state: Readonly<Record<string, Readonly<Record<string, number | TensorValue>>>>;
}

/** A group of a checkpoint: the names of its tensors, and its options. */
export interface PlainGroup {
  readonly params: readonly string[];
  readonly options: Readonly<Record<string, Value>>;
}

/** Makes an optimizer go on from a checkpoint: the one named `from` ("checkpoint" when left out), or a value. */
export interface LoadOp {
  readonly op: 'load';
  readonly optimizer?: string;
  readonly from?: string;
  readonly value?: PlainCheckpoint;
}

/** Observes what an optimizer would go on from, and keeps it as it then is under the name `as` ("checkpoint" when left out). */
export interface SaveOp {
  readonly op: 'save';
  readonly optimizer?: string;
  readonly as?: string;
}

/** Operations that every port can do. */
export type TrainingOp = OptimizerOp | TrainOp | SetOp | SetStateOp | FillOp | ReadOp | StateOp | LoadOp | SaveOp;

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
  /** Tensors whose gradients, after a step of a train operation, were no longer those that it had set. */
  readonly gradients_changed?: readonly string[];
  /** What hooks and closures logged, in order. */
  readonly log?: readonly Value[];
  readonly warnings?: readonly Thrown[];
  readonly error?: Thrown;
  /** The operation's optimizer could not be made. */
  readonly skipped?: true;
  /** What the recording did not hold; never compared (spec/scenario.md). */
  readonly not_observed?: readonly ('warnings' | 'step-tensor')[];
}

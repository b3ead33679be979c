/**
 * The interface that a port of RMSprop offers to be judged: forty lines around an optimizer. Every member may return a promise.
 */
import type { ArithmeticName } from '../tensor/arithmetic/arithmetic.ts';
import type { Data, DType } from '../tensor/dtype.ts';
import type { Claim, Need, Profile } from './needs.ts';
import type { PortObjects } from './object-port.ts';
import type { Layout, Thrown } from './types.ts';

export type { Claim, Data, DType, Layout, Need, Profile, Thrown };

/** A value now or later. */
export type Awaitable<T> = T | Promise<T>;

/** Elements as a port answers with them, in C order; a Uint16Array holds the bits of a half type. */
export type Elements = Data | Uint16Array | readonly number[];

/** A tensor to make. */
export interface TensorData {
  readonly name: string;
  readonly dtype: DType;
  /** Sizes of the dimensions; `[]` for a scalar. */
  readonly shape: readonly number[];
  /** Elements in C order, of half types in a Float32Array, of int64 in a Float64Array; yours to keep. */
  readonly data: Data;
  /** Whether PyTorch's tensor is a `Parameter`. */
  readonly parameter: boolean;
  /** False for the result of a recorded operation. */
  readonly leaf: boolean;
  /** True for one of those that keeps its gradient all the same. */
  readonly retains_grad?: true;
  /** How the elements lie in memory in PyTorch; contiguous when absent. Needed for `layouts`. */
  readonly layout?: Layout;
}

/** Options by PyTorch's names. Only what a case says is there: defaults are the port's to know, what it does not claim it ignores. */
export type Options<T> = Readonly<Record<string, OptionValue<T>>>;

/** The value of an option; a tensor of the port's where PyTorch is given a tensor. */
export type OptionValue<T> = number | boolean | null | string | T;

/** A parameter group: its tensors, and options of its own, which win over the optimizer's. */
export interface Group<T> {
  readonly params: readonly T[];
  readonly options: Options<T>;
}

/**
 * What `state` answers for one tensor: `square_avg`, `grad_avg` and `momentum_buffer`, as far as they exist, as elements in C
 * order. A port that claims `bookkeeping` answers with a `PortTensor` for each, and `step` as its target has it: a `PortTensor`
 * of shape [] since 2.4, a number before. Live arrays may be returned; they are read at once. Other keys are compared too.
 */
export type PortState = Readonly<Record<string, Elements | number | PortTensor>>;

/** A tensor with what `bookkeeping` compares of it. */
export interface PortTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Elements in C order. */
  readonly data: Data;
  /** Contiguous when absent. */
  readonly strides?: readonly number[];
  /** The CPU when absent. */
  readonly device?: string;
}

/**
 * What a training goes on from, over the port's own tensors.
 *
 * @typeParam T the port's tensor
 * @typeParam E an entry of the state of one tensor: a buffer, or `step`
 */
export interface Checkpoint<T, E> {
  /** The optimizer's groups in their order, with all options of the formula by PyTorch's names, beside them those that a file has. */
  readonly groups: readonly Group<T>[];
  /** By tensor `square_avg`, `momentum_buffer` and `grad_avg`, as far as they exist, in C order, and `step`. */
  readonly state: ReadonlyMap<T, Readonly<Record<string, E>>>;
}

/** The PyTorch that a port is held against, for ports that can follow more than one. */
export interface Target {
  /** As in `torch.__version__`, such as "2.13.0". */
  readonly version: string;
  readonly arithmetic: ArithmeticName;
}

/** A port: `T` is its tensor, `O` its optimizer. A member that throws is observed as PyTorch's exceptions are. */
export interface Port<T = unknown, O = unknown> {
  /** Shown in reports. */
  readonly name: string;
  /** Shown in reports. */
  readonly version?: string;
  /**
   * What the port claims to have: needs, or profiles, which stand for several (spec/needs.md). What it does not claim is
   * unsupported: shown, and never a pass.
   */
  readonly supports: readonly Claim[];

  /** Makes a tensor that an optimizer of the port can train. */
  tensor(data: TensorData): Awaitable<T>;
  /**
   * The present elements, in C order: a Float32Array or Float64Array, or plain numbers, which are rounded to the tensor's dtype; of a
   * half type also a Uint16Array of their bits.
   * A Float64Array of a float32 tensor is compared as the doubles that it holds, of an int64 one as integers. A live array may be
   * returned.
   */
  read(tensor: T): Awaitable<Elements>;
  /**
   * Sets the gradient, or None: its elements in C order, of the tensor's dtype, yours to keep. It lies in memory as the tensor does.
   * A step must not change the array: it is looked at afterwards.
   */
  setGrad(tensor: T, grad: Data | null): Awaitable<void>;
  /** Makes an optimizer over parameter groups; `options` are the keyword arguments of the constructor. */
  optimizer(groups: readonly Group<T>[], options: Options<T>): Awaitable<O>;
  /** One optimization step. */
  step(optimizer: O): Awaitable<void>;

  /** The present gradient, as `read` gives elements, or null for None. Of a port that has it, it is looked at after every step. */
  grad?(tensor: T): Awaitable<Elements | null>;
  /** A tensor with what `bookkeeping` compares of it, for ports that heed `layouts` or follow a device; what was asked for when absent. */
  describe?(tensor: T): Awaitable<PortTensor>;
  /** Sets an option of a group, counted from 0. Needed for `lr-change`. */
  setOption?(optimizer: O, group: number, option: string, value: OptionValue<T>): Awaitable<void>;
  /** Sets an entry of a tensor's state. Needed for `set-state`. */
  setState?(optimizer: O, tensor: T, key: string, value: number): Awaitable<void>;
  /** Fills a tensor in place. Needed for `fill`. */
  fill?(tensor: T, value: number): Awaitable<void>;
  /** The buffers of one tensor by PyTorch's names, undefined where there are none yet. Needed for `state`. */
  state?(optimizer: O, tensor: T): Awaitable<PortState | undefined>;
  /**
   * Makes an optimizer go on from a checkpoint: its options and state are replaced, whatever it did before (LSD-1, LSD-2). Buffers
   * may be of another element type than their tensor, to whose they are rounded (LSD-13): a Float64Array of doubles, a Float32Array of
   * anything else. The arrays are yours to keep. Needed for `resume`.
   */
  load?(optimizer: O, checkpoint: Checkpoint<T, Data | number>): Awaitable<void>;
  /**
   * What `load` would make an optimizer go on from here. Live arrays may be returned; they are read at once. An option that the port
   * does not claim may be left out. Needed for `resume`.
   */
  save?(optimizer: O): Awaitable<Checkpoint<T, Elements | number | PortTensor>>;
  /** The tensors that have state, in the order of their first steps; the scenario's when absent, which `bookkeeping` may not do with. */
  stateOrder?(optimizer: O): Awaitable<readonly T[]>;
  /** Everything beyond training; spec/adapter.md says which needs take it. */
  readonly objects?: PortObjects;
  /** Warnings since the last call, oldest first. Needed for `messages`. */
  takeWarnings?(): Awaitable<readonly Thrown[]>;
}

/**
 * What a port's module exports by default. A port is run once, held against every arithmetic, and judged in the one in which
 * most of its cases are exact. A function is called for every target and its port held against that one: for ports that
 * follow several versions or arithmetics.
 */
export type PortModule = Port | ((target: Target) => Awaitable<Port>);

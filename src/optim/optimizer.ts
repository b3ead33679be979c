/**
 * `torch.optim.Optimizer`: parameter groups, per-parameter state, and the rules for both.
 */
import { arithmetics } from '../tensor/arithmetic/index.ts';
import type { ArithmeticName } from '../tensor/arithmetic/arithmetic.ts';
import { KeyError, TypeError, ValueError } from '../tensor/errors.ts';
import { Elementwise, type Ops } from '../tensor/ops.ts';
import { Tensor } from '../tensor/tensor.ts';
import { warn } from '../tensor/warnings.ts';
import { repr, typeName } from './python.ts';
import { StateDict } from './state.ts';
import { type Reference, type Version, versions } from './versions.ts';

/** Tensors that share options; the keys other than `params` are the options, in the order of the defaults. */
export interface ParamGroup {
  params: Tensor[];
  [option: string]: unknown;
}

/** A group as a caller writes it: any iterable of tensors, and whatever options differ from the defaults. */
export interface ParamGroupInit {
  params: Tensor | Iterable<Tensor>;
  [option: string]: unknown;
}

/** What an optimizer is constructed over. */
export type Params = Iterable<Tensor | ParamGroupInit>;

/** Reevaluates the model and returns the loss. */
export type Closure<R> = () => R;

/** What an optimizer keeps for one parameter. */
export type State = Record<string, unknown>;

/** What the port follows: no part of PyTorch's signature, so no part of the options. */
export interface Faithful {
  /** The PyTorch version; '2.13' by default. */
  readonly reference?: Reference;
  /** How operations round; 'separate' by default. */
  readonly arithmetic?: ArithmeticName;
  /** Operations to use in place of an arithmetic's. */
  readonly ops?: Ops;
}

/** The base of optimizers. */
export abstract class Optimizer {
  readonly defaults: Readonly<Record<string, unknown>>;
  state: StateDict;
  param_groups: ParamGroup[];
  protected readonly version: Version;
  protected readonly ops: Ops;

  /**
   * @throws TypeError when `params` is a tensor or not iterable
   * @throws ValueError when it is empty; whatever `add_param_group` throws
   */
  constructor(params: Params, defaults: Record<string, unknown>, faithful: Faithful = {}) {
    const { version, ops } = Optimizer.resolve(faithful);
    this.version = version;
    this.ops = ops;
    this.defaults = defaults;
    if (params instanceof Tensor)
      throw new TypeError(
        `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${tensorType(params)}`,
      );
    this.state = new StateDict();
    this.param_groups = [];
    const list = toList(params);
    if (list.length === 0) throw new ValueError('optimizer got an empty parameter list');
    const groups = isGroup(list[0]) ? list : [{ params: list as Tensor[] }];
    for (const group of groups) this.add_param_group(group as ParamGroupInit);
  }

  /** The version table's column and the operations that a choice stands for. */
  protected static resolve(faithful: Faithful): { readonly version: Version; readonly ops: Ops } {
    const { reference = '2.13', arithmetic = 'separate' } = faithful;
    return { version: versions[reference], ops: faithful.ops ?? new Elementwise(arithmetics[arithmetic]) };
  }

  /** One optimization step. */
  abstract step<R>(closure?: Closure<R>): R | null;

  /**
   * Adds a group; the caller's object itself becomes the group, missing options filled from the defaults (clause GRP-1).
   *
   * @throws TypeError, KeyError or ValueError as PyTorch does, in its order (clause GRP-2)
   */
  add_param_group(param_group: ParamGroupInit): void {
    if (!isGroup(param_group))
      throw new TypeError(`param_group must be a dict, but got <class '${typeName(param_group)}'>`);
    if (!('params' in param_group)) throw new KeyError(repr('params'));
    const { params } = param_group;
    if (params instanceof Set)
      throw new TypeError(
        'optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will change ' +
          'between runs. Please use a list instead.',
      );
    const group = param_group as ParamGroup;
    group.params = params instanceof Tensor ? [params] : (toList(params) as Tensor[]);
    for (const p of group.params) {
      if (!(p instanceof Tensor))
        throw new TypeError(`optimizer can only optimize Tensors, but one of the params is ${typeName(p)}`);
      if (!this.defaults['differentiable'] && !(p.is_leaf || p.retains_grad))
        throw new ValueError("can't optimize a non-leaf Tensor");
    }
    for (const [option, value] of Object.entries(this.defaults)) if (!(option in group)) group[option] = value;
    if (new Set(group.params).size !== group.params.length) warn('UserWarning', DUPLICATES);
    const known = new Set(this.param_groups.flatMap((other) => other.params));
    if (group.params.some((p) => known.has(p)))
      throw new ValueError('some parameters appear in more than one parameter group');
    this.param_groups.push(group);
  }
}

function isGroup(x: unknown): x is ParamGroupInit {
  return typeof x === 'object' && x !== null && !(x instanceof Tensor) && !(Symbol.iterator in x);
}

function toList(params: unknown): unknown[] {
  if (typeof params !== 'object' || params === null || !(Symbol.iterator in params))
    throw new TypeError(`'${typeName(params)}' object is not iterable`);
  return [...(params as Iterable<unknown>)];
}

function tensorType(tensor: Tensor): string {
  const name = tensor.dtype === 'float32' ? 'FloatTensor' : 'DoubleTensor';
  return tensor.device === 'cpu' ? `torch.${name}` : `torch.cuda.${name}`;
}

const DUPLICATES =
  'optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see ' +
  'github.com/pytorch/pytorch/issues/40967 for more information';

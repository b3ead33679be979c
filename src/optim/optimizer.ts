/**
 * `torch.optim.Optimizer`: parameter groups, per-parameter state, hooks, saving and loading. Lines are those of
 * torch/optim/optimizer.py in v2.13.0.
 */
import { bind, call, given } from '../python/arguments.ts';
import { append, getattr, updateAttributes } from '../python/attributes.ts';
import { DefaultDict, type Dict, isDict, isPlain, setdefault, values } from '../python/dict.ts';
import { PythonError, TypeError, ValueError } from '../python/errors.ts';
import { iterate, list } from '../python/iterate.ts';
import { OrderedDict } from '../python/ordered-dict.ts';
import { warn } from '../python/warnings.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Torch } from '../tensor/torch.ts';
import { typename } from '../tensor/typename.ts';
import { makeParamGroup, type ParamGroup, type ParamGroupInit, type Params, SET_WARNING } from './add-param-group.ts';
import { type Faithful, follow, followed, resolve } from './faithful.ts';
import { load, shallowCopy } from './load-state-dict.ts';
import { _patch_step_function } from './profile-hook-step.ts';
import { type HookOptions, register, type StepHook } from './register-hook.ts';
import type { HookDict, RemovableHandle } from './removable-handle.ts';
import { optimizerText } from './repr.ts';
import { pack, type StateDict } from './state-dict.ts';
import { closureOf } from './step.ts';
import type { Version } from './versions.ts';
import { inOneCall, zeroGrads } from './zero-grad.ts';

/** Reevaluates the model and returns the loss. */
export type Closure<R> = () => R;

/** The base of optimizers, which has no step (clauses GRP-13, RPR-14). Hooks are checked when they are called, not before (HKS-14). */
export class Optimizer {
  static readonly __module__: string = 'torch.optim.optimizer';

  declare defaults: Dict;
  declare _optimizer_step_pre_hooks: HookDict;
  declare _optimizer_step_post_hooks: HookDict;
  declare _optimizer_state_dict_pre_hooks: HookDict;
  declare _optimizer_state_dict_post_hooks: HookDict;
  declare _optimizer_load_state_dict_pre_hooks: HookDict;
  declare _optimizer_load_state_dict_post_hooks: HookDict;
  /** What a profiler calls `zero_grad` (clause RPR-14). */
  declare _zero_grad_profile_name: string;
  declare state: DefaultDict;
  declare param_groups: ParamGroup[];
  /** Whether graph capture would warn no more. */
  declare _warned_capturable_if_run_uncaptured: boolean;

  /**
   * Line 377.
   *
   * @param defaults the options of groups that do not say otherwise; the object itself is kept
   * @throws RangeError for a reference or an arithmetic that there is not
   * @throws TypeError when one of the two is not given, when `params` is a tensor or not iterable (clause OPT-6)
   * @throws ValueError when it is empty; whatever `add_param_group` throws, RuntimeError for a `differentiable` without truth
   */
  constructor(params: Params, defaults: Dict, faithful: Faithful = {}) {
    bind(
      { method: 'Optimizer.__init__', names: ['self', 'params', 'defaults'], required: 3 },
      [null],
      given({ params, defaults }),
    );
    follow(this, resolve(faithful));
    this.defaults = defaults;
    for (const hooks of HOOKS) this[hooks] = new OrderedDict();
    this._patch_step_function();
    if (params instanceof Tensor)
      throw new TypeError(
        `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${typename(params)}`,
      );
    this.state = new DefaultDict();
    this.param_groups = [];
    if (this.version.set_warns && params instanceof Set && !Object.isFrozen(params)) warn('FutureWarning', SET_WARNING); // GRP-2
    const listed = list(params);
    if (listed.length === 0) throw new ValueError('optimizer got an empty parameter list');
    const groups = isDict(listed[0]) ? listed : [{ params: listed }]; // OPT-5
    for (const group of groups) this.add_param_group(group as ParamGroupInit);
    this._warned_capturable_if_run_uncaptured = true;
  }

  /** Puts hooks around the step of the class; copying and unpickling do it again (clause HKS-18). Line 561. */
  _patch_step_function(): void {
    const { name } = this.constructor;
    this._zero_grad_profile_name = `Optimizer.zero_grad#${name}.zero_grad`;
    _patch_step_function(this.constructor as unknown as Parameters<typeof _patch_step_function>[0]);
  }

  /** The PyTorch version that this optimizer follows. */
  get version(): Version {
    return followed(this).version;
  }

  /** What a step calls. */
  protected get torch(): Torch {
    return followed(this).torch;
  }

  /**
   * One optimization step with its hooks (clauses RMS-16, HKS-2). Line 1093.
   *
   * @param closure called once, with grad mode on, before any group is looked at; as a keyword argument, `{ closure }`
   * @returns what the closure returned, or null
   * @throws whatever the closure, a hook or an operation of the step throws; what was written by then stays written
   * (clause HKS-13). PythonError, a NotImplementedError, of an optimizer that has no step of its own
   */
  step<R>(closure?: Closure<R> | { readonly closure?: Closure<R> | null } | null): R | null;
  step(...given: readonly unknown[]): unknown {
    closureOf('Optimizer.step', given);
    throw new PythonError('NotImplementedError', '');
  }

  /**
   * Clears the gradients of all parameters (clauses GAD-4 and GAD-5). Line 1024.
   *
   * @param options `set_to_none`, true by default: None instead of zeros
   * @throws TypeError for another keyword; PythonError, an AttributeError, when a group holds what is no tensor; RangeError for
   * a positional argument
   */
  zero_grad(options: { readonly set_to_none?: boolean } = {}): void {
    if (!isPlain(options)) throw new RangeError('zero_grad: expected keyword arguments in one object');
    const zero_grad = { method: 'Optimizer.zero_grad', names: ['self', 'set_to_none'], required: 1 };
    const { set_to_none = true } = bind(zero_grad, [null], options);
    const foreach = inOneCall(this.defaults);
    zeroGrads(iterate(this.param_groups), set_to_none, foreach);
  }

  /**
   * Adds a group behind those that are there, at any time (clause GRP-9); the caller's object itself becomes the group
   * (clause GRP-1), missing options filled from the defaults. Line 1103.
   *
   * @throws TypeError, KeyError, IndexError or ValueError as PyTorch does, in its order (clause GRP-2)
   */
  add_param_group(param_group: ParamGroupInit): void {
    bind(
      { method: 'Optimizer.add_param_group', names: ['self', 'param_group'], required: 2 },
      [null],
      given({ param_group }),
    );
    append(this.param_groups, makeParamGroup(param_group, this));
  }

  /**
   * State and groups, parameters as numbers: the live dictionaries, not copies (clauses SDT-1, SDT-7). Line 681.
   *
   * @returns a `StateDict`, or what the last post-hook that returned anything did (clause HKS-10)
   * @throws KeyError when the state has a tensor that is in no group
   */
  state_dict(): StateDict {
    for (const hook of values(this._optimizer_state_dict_pre_hooks)) call(hook, this);
    let state_dict = pack(this.param_groups, this.state);
    for (const hook of values(this._optimizer_state_dict_post_hooks))
      state_dict = (call(hook, this, state_dict) as StateDict | null | undefined) ?? state_dict; // HKS-10
    return state_dict;
  }

  /**
   * Replaces state and groups by saved ones, matched by position (clauses LSD-1, LSD-4). Tensors that need no cast are
   * shared with the state dict (LSD-10). Line 881.
   *
   * @throws before anything is changed (clause LSD-17): whatever a hook before loading throws; KeyError for a missing key, ValueError
   * when groups do not match in number or size, TypeError, RuntimeError or PythonError, an AttributeError, for what is of another type
   * @throws when state and groups are the file's (clause LSD-16): KeyError, TypeError or ValueError for a `step` that cannot be
   * migrated, and then no hook after loading runs; whatever such a hook throws
   */
  load_state_dict(state_dict: StateDict | Dict | Map<unknown, unknown>): void {
    let given = shallowCopy(state_dict);
    for (const hook of values(this._optimizer_load_state_dict_pre_hooks))
      given = (call(hook, this, given) as Dict | null | undefined) ?? given; // HKS-11
    this.__setstate__(load(given, this.param_groups, this.version));
    for (const hook of values(this._optimizer_load_state_dict_post_hooks)) call(hook, this); // HKS-12
  }

  /**
   * What pickling and copying keep: no hooks, and no other attributes (clause RPR-13). Line 412.
   *
   * @throws PythonError, an AttributeError, when one of the three is not there
   */
  __getstate__(): { readonly defaults: Dict; readonly state: DefaultDict; readonly param_groups: ParamGroup[] } {
    const [defaults, state, param_groups] = ['defaults', 'state', 'param_groups'].map((name) => getattr(this, name));
    return { defaults: defaults as Dict, state: state as DefaultDict, param_groups: param_groups as ParamGroup[] };
  }

  /**
   * Takes over attributes, as unpickling and loading do, and makes the hook dictionaries that are not there (clause RPR-13).
   * `Object.create(RMSprop.prototype)` is what unpickling calls it on; its version and arithmetic are then those of `Faithful`'s
   * defaults. Line 419.
   *
   * @param attributes a dictionary, or pairs of name and value
   * @throws PythonError, an AttributeError, when there are no defaults; TypeError or ValueError for what gives no attributes
   */
  __setstate__(attributes: unknown): void {
    updateAttributes(this, attributes);
    for (const hooks of HOOKS) if (!Object.hasOwn(this, hooks)) this[hooks] = new OrderedDict(); // LSD-7
    this._patch_step_function();
    setdefault(this.defaults, 'differentiable', false);
  }

  /** A copy with copied parameters, state and groups (clause RPR-3), and without hooks (clause RPR-4). */
  __deepcopy__(copy: <T>(value: T) => T, is: (copied: unknown) => void): this {
    const made = Optimizer.blank(this);
    is(made);
    made.__setstate__(copy(this.__getstate__()));
    return made;
  }

  /** Another optimizer over the same defaults, state and groups, and without hooks (clause RPR-16). */
  __copy__(): this {
    const made = Optimizer.blank(this);
    made.__setstate__(this.__getstate__());
    return made;
  }

  /** An object of an optimizer's class, without attributes. */
  private static blank<T extends Optimizer>(like: T): T {
    const made = Object.create(Object.getPrototypeOf(like) as object) as T;
    follow(made, followed(like));
    return made;
  }

  /** Hooks before a step: `(optimizer, args, kwargs)`, which may return a `tuple(args, kwargs)` to use instead. Line 570. */
  register_step_pre_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
    return register('Optimizer.register_step_pre_hook', this._optimizer_step_pre_hooks, hook, none);
  }

  /** Hooks after a step: `(optimizer, args, kwargs)`; what they return is ignored. Line 593. */
  register_step_post_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
    return register('Optimizer.register_step_post_hook', this._optimizer_step_post_hooks, hook, none);
  }

  /** Hooks before `state_dict()`: `(optimizer)`; what they return is ignored. Line 614. */
  register_state_dict_pre_hook(hook: (optimizer: this) => unknown, options: HookOptions = {}): RemovableHandle {
    return register(
      'Optimizer.register_state_dict_pre_hook',
      this._optimizer_state_dict_pre_hooks,
      hook,
      [options],
      'prepend',
    );
  }

  /** Hooks after `state_dict()`: `(optimizer, state_dict)`; what they return, unless nothing, is the result. Line 646. */
  register_state_dict_post_hook(
    hook: (optimizer: this, state_dict: StateDict) => unknown,
    options: HookOptions = {},
  ): RemovableHandle {
    return register(
      'Optimizer.register_state_dict_post_hook',
      this._optimizer_state_dict_post_hooks,
      hook,
      [options],
      'prepend',
    );
  }

  /** Hooks before loading: `(optimizer, shallow copy)`; what they return, unless nothing, is loaded. Line 805. */
  register_load_state_dict_pre_hook(
    hook: (optimizer: this, state_dict: Dict) => unknown,
    options: HookOptions = {},
  ): RemovableHandle {
    return register(
      'Optimizer.register_load_state_dict_pre_hook',
      this._optimizer_load_state_dict_pre_hooks,
      hook,
      [options],
      'prepend',
    );
  }

  /** Hooks after loading: `(optimizer)`; what they return is ignored. Line 844. */
  register_load_state_dict_post_hook(hook: (optimizer: this) => unknown, options: HookOptions = {}): RemovableHandle {
    return register(
      'Optimizer.register_load_state_dict_post_hook',
      this._optimizer_load_state_dict_post_hooks,
      hook,
      [options],
      'prepend',
    );
  }

  /** `repr(optimizer)`: the options of every group, sorted (clause RPR-1). Line 436. @throws TypeError for keys that have no order */
  toString(): string {
    return optimizerText(this.constructor.name, list(this.param_groups));
  }
}

/** The dictionaries of hooks that an optimizer has of its own: six of the eight kinds (clauses HKS-1, RPR-14). */
const HOOKS = [
  ...(['_optimizer_step_pre_hooks', '_optimizer_step_post_hooks'] as const),
  ...(['_optimizer_state_dict_pre_hooks', '_optimizer_state_dict_post_hooks'] as const),
  ...(['_optimizer_load_state_dict_pre_hooks', '_optimizer_load_state_dict_post_hooks'] as const),
] as const;

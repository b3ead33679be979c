/**
 * `torch.optim.RMSprop`: defaults, validation, state and the loop over groups.
 */
import { RuntimeError, TypeError, ValueError } from '../tensor/errors.ts';
import { get_default_dtype } from '../tensor/default-dtype.ts';
import { allocate } from '../tensor/dtype.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor, zeros_like } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { check_keywords, missing } from './arguments.ts';
import { assign, get, item, len, setdefault } from './dict.ts';
import { to_float } from './float.ts';
import { rmsprop } from './functional.ts';
import { hashed } from './hashable.ts';
import { call } from './hooks.ts';
import { type Closure, type Faithful, Optimizer } from './optimizer.ts';
import { grad_of } from './grad.ts';
import { iterate } from './iterate.ts';
import { type Params } from './param-group.ts';
import { attribute, truthy } from './python.ts';
import { str } from './text/repr.ts';
import { positive } from './scalars.ts';
import { closure_of, type Step, use_grad_for_differentiable } from './step.ts';
import { isTuple } from './tuple.ts';
import type { Functional, Gathered, Hyper } from './update.ts';
import type { Version } from './versions.ts';

/** Keyword arguments of the constructor, with PyTorch's names and defaults (clause OPT-1). */
export interface RMSpropOptions {
  /** Learning rate; 0.01 by default. A tensor must have one element. */
  readonly lr?: number | Tensor;
  /** Decay of the running mean of squares; 0.99 by default. */
  readonly alpha?: number;
  /** Added to the root; 1e-8 by default. */
  readonly eps?: number;
  /** Added times the parameter to the gradient; 0 by default. */
  readonly weight_decay?: number;
  /** Decay of the momentum buffer; 0, none, by default. */
  readonly momentum?: number;
  /** Whether the running mean is subtracted from the running mean of squares; false by default. */
  readonly centered?: boolean;
  /** Whether `step` lives on the device, for graph capture; false by default. PyTorch 2.4 and later. */
  readonly capturable?: boolean;
  /** The multi-tensor path or not; null, by default, leaves the choice to the devices. */
  readonly foreach?: boolean | null;
  /** Whether to ascend; false by default. */
  readonly maximize?: boolean;
  /** Whether the step is recorded by autograd; false by default. */
  readonly differentiable?: boolean;
}

/** RMSprop, literally. */
export class RMSprop extends Optimizer {
  static override readonly __module__: string = 'torch.optim.rmsprop';

  static {
    const prototype = this.prototype as { step: Step };
    prototype.step = use_grad_for_differentiable(prototype.step);
  }

  /** The update of one group; a subclass may put a wrong one in its place. */
  protected get functional(): Functional {
    return rmsprop;
  }

  /**
   * @param params tensors, or groups of tensors with options of their own; undefined where a keyword `params` gives them
   * @param options keyword arguments of PyTorch's constructor
   * @param faithful the PyTorch version and arithmetic to follow
   * @throws RangeError for a reference or an arithmetic that there is not; TypeError for keywords that there are not and for missing
   * `params` (clause OPT-2); for a hyper-parameter ValueError if it is out of range or, in 2.13, an `lr` of several elements, TypeError
   * if it has no order, RuntimeError if it is any other tensor without exactly one element, all before `params` is looked at (clauses
   * OPT-3, OPT-4, ERR-7); what the base throws (clause OPT-6)
   */
  constructor(params: Params | undefined, options: RMSpropOptions = {}, faithful: Faithful = {}) {
    const { version } = Optimizer.resolve(faithful);
    const given = paramsOf(params, options, version);
    const { lr = 0.01, alpha = 0.99, eps = 1e-8, weight_decay = 0, momentum = 0, centered = false } = options;
    const { capturable = false, foreach = null, maximize = false, differentiable = false } = options;
    if (version.lr_tensor_of_any_rank && lr instanceof Tensor && lr.numel() !== 1)
      throw new ValueError('Tensor lr must be 1-element');
    validate(lr, 'learning rate: ');
    validate(eps, 'epsilon value: ');
    validate(momentum, 'momentum value: ');
    validate(weight_decay, 'weight_decay value: ');
    validate(alpha, 'alpha value: ');
    const defaults = {
      ...{ lr, momentum, alpha, eps, centered, weight_decay },
      ...(version.capturable ? { capturable } : {}),
      ...{ foreach, maximize, differentiable },
    };
    super(given, defaults, faithful);
  }

  /**
   * Takes over state and groups, adding what older versions did not save (clause LSD-9); a `step` that is a number
   * becomes a tensor from 2.4 on (clause LSD-15).
   *
   * @throws KeyError when a state has no `step`, TypeError or ValueError when that is no number (clause LSD-16)
   */
  override __setstate__(attributes: unknown): void {
    super.__setstate__(attributes);
    const { version } = this;
    for (const group of iterate(attribute(this, 'param_groups'))) {
      for (const [option, value] of Object.entries(ADDED)) setdefault(group, option, value);
      if (!version.step_is_tensor) continue;
      setdefault(group, 'capturable', false);
      for (const p of iterate(item(group, 'params', version)) as Iterable<Tensor>) {
        const state = get(attribute(this, 'state'), p, []);
        hashed(p);
        if (len(state) === 0 || item(state, 'step', version) instanceof Tensor) continue;
        const step = to_float(item(state, 'step', version));
        const device = truthy(item(group, 'capturable', version)) ? p.device : 'cpu';
        assign(state, 'step', step_tensor(step, device), version);
      }
    }
  }

  /** The closure, then every group in order (clause RMS-16). */
  override step<R>(closure?: Closure<R> | { readonly closure?: Closure<R> | null } | null): R | null;
  override step(...given: readonly unknown[]): unknown {
    const closure = closure_of('RMSprop.step', given);
    const loss = closure === null ? null : set_grad_enabled(true, () => call(closure)); // GAD-7, GAD-9
    for (const group of iterate(attribute(this, 'param_groups'))) RMSprop._update_group(this, group); // GRP-11
    return loss; // GAD-8
  }

  /**
   * Updates the parameters of a group that have a gradient.
   *
   * @throws PythonError, an AttributeError, when a hook handed the step to an optimizer that is no RMSprop (clause HKS-9)
   */
  private static _update_group(optimizer: RMSprop, group: unknown): void {
    attribute(optimizer, '_init_group');
    const { version } = optimizer;
    const gathered = optimizer._init_group(group); // LSD-18
    const options = version.capturable ? HYPER_CAPTURABLE : HYPER; // GRP-3
    const hyper = Object.fromEntries(options.map((option) => [option, item(group, option, version)])); // RMS-10
    optimizer.functional(gathered, hyper as unknown as Hyper, optimizer.ops, version);
  }

  /**
   * Gathers the parameters that the group has now (clause GRP-11), gradients and state, and makes the state that is not
   * there (clause STA-1).
   *
   * @throws RuntimeError for a sparse gradient; KeyError for a buffer that the options ask for and the state lacks
   * (clause ERR-5), or an option that the group lacks (clause ERR-4)
   */
  _init_group(group: unknown): Gathered {
    const gathered: { readonly [K in keyof Gathered]: Tensor[] } = {
      params: [],
      grads: [],
      square_avgs: [],
      grad_avgs: [],
      momentum_buffer_list: [],
      state_steps: [],
    };
    const { version } = this;
    const entry = (state: unknown, key: string): Tensor => item(state, key, version) as Tensor;
    for (const p of iterate(item(group, 'params', version)) as Iterable<Tensor>) {
      const grad = grad_of(p, version);
      if (grad === null) continue; // RMS-1, GAD-1
      gathered.params.push(p);
      if (grad.is_sparse) throw new RuntimeError('RMSprop does not support sparse gradients'); // GAD-3
      gathered.grads.push(grad); // GAD-2
      const state = item(attribute(this, 'state'), p, version);
      if (len(state) === 0) this._init_state(p, state, group); // STA-1, ERR-5
      gathered.square_avgs.push(entry(state, 'square_avg'));
      if (version.step_is_tensor) gathered.state_steps.push(entry(state, 'step'));
      if (positive(item(group, 'momentum', version)))
        gathered.momentum_buffer_list.push(entry(state, 'momentum_buffer'));
      if (truthy(item(group, 'centered', version))) gathered.grad_avgs.push(entry(state, 'grad_avg'));
      if (!version.step_is_tensor) this._count(state, group);
    }
    return gathered;
  }

  /** The entries that the options ask for, in their order (clauses STA-2 to STA-4). */
  private _init_state(p: Tensor, state: unknown, group: unknown): void {
    const { version } = this;
    const device = version.step_is_tensor && truthy(item(group, 'capturable', version)) ? p.device : 'cpu';
    assign(state, 'step', version.step_is_tensor ? step_tensor(0, device) : 0, version);
    assign(state, 'square_avg', zeros_like(p), version);
    if (positive(item(group, 'momentum', version))) assign(state, 'momentum_buffer', zeros_like(p), version);
    if (truthy(item(group, 'centered', version))) assign(state, 'grad_avg', zeros_like(p), version);
  }

  /**
   * Before 2.4 a step is counted as soon as its state is gathered (clause RMS-3).
   *
   * @throws RuntimeError for a tensor with differentiable (clause ERR-6), TypeError for what 1 cannot be added to
   * (clause LSD-15)
   */
  private _count(state: unknown, group: unknown): void {
    const { version } = this;
    const differentiable = truthy(item(group, 'differentiable', version));
    const step = item(state, 'step', version);
    if (step instanceof Tensor) {
      if (differentiable) throw new RuntimeError("`step` can't be a tensor");
      this.ops.add_(step, 1);
    } else assign(state, 'step', plus_one(step), version); // RMS-11
  }
}

/** Options in the order in which an update reads them (clause ERR-4). */
const HYPER = 'lr alpha eps weight_decay momentum centered foreach maximize differentiable'.split(' ');

const HYPER_CAPTURABLE = [...HYPER, 'capturable'];

/** Options that groups of older versions lack, in the order in which they are added (clause LSD-9). */
const ADDED = { momentum: 0, centered: false, foreach: null, maximize: false, differentiable: false };

/** Python's `x += 1`. @throws TypeError for what 1 cannot be added to */
function plus_one(x: unknown): number {
  if (typeof x === 'number' || typeof x === 'boolean') return Number(x) + 1;
  if (typeof x === 'string') throw new TypeError('can only concatenate str (not "int") to str');
  if (isTuple(x)) throw new TypeError('can only concatenate tuple (not "int") to tuple');
  if (Array.isArray(x)) throw new TypeError("'int' object is not iterable");
  throw new TypeError(`unsupported operand type(s) for +=: '${typeName(x)}' and 'int'`);
}

function step_tensor(value: number, device: Tensor['device']): Tensor {
  const dtype = get_default_dtype();
  const data = allocate(dtype, 1);
  data[0] = value;
  return new Tensor({ dtype, shape: [], device, data });
}

/** The parameters, positional or by name. @throws TypeError as Python does for the arguments of a call (clause OPT-2) */
function paramsOf(params: Params | undefined, options: object, version: Version): Params {
  const positional = ['self', ...(params === undefined ? [] : ['params'])];
  const known = new Set(['params', ...(version.capturable ? HYPER_CAPTURABLE : HYPER)]);
  check_keywords(INIT, options, positional, known);
  const given = params === undefined ? (options as { readonly params?: Params }).params : params;
  if (given === undefined) throw missing(INIT, 'params');
  return given;
}

const INIT = 'RMSprop.__init__';

/** @throws ValueError unless 0 <= x, so for NaN too; TypeError for what has no order (clause OPT-3) */
function validate(x: unknown, what: string): void {
  if (x instanceof Tensor && x.numel() !== 1)
    throw new RuntimeError(
      `Boolean value of Tensor with ${x.numel() === 0 ? 'no values' : 'more than one value'} is ambiguous`,
    );
  if (!(x instanceof Tensor) && typeof x !== 'number' && typeof x !== 'boolean')
    throw new TypeError(`'<=' not supported between instances of 'float' and '${typeName(x)}'`);
  if (!(0 <= (x instanceof Tensor ? x.item() : Number(x)))) throw new ValueError(`Invalid ${what}${str(x)}`);
}

/**
 * `torch.optim.RMSprop`, literally: the class, the functional form, and the two paths of an update. PyTorch 2.1 to 2.13; lines of
 * torch/optim/rmsprop.py are those of v2.13.0.
 */
import { get, setdefault } from '../python/dict.ts';
import { getattr } from '../python/attributes.ts';
import { bind, call } from '../python/arguments.ts';
import { AssertionError, RuntimeError, ValueError } from '../python/errors.ts';
import { toFloat } from '../python/float.ts';
import { hashed } from '../python/hashable.ts';
import { assign, item } from '../python/item.ts';
import { iterate } from '../python/iterate.ts';
import { len } from '../python/length.ts';
import { gt, increment, le, ne, neg, sub } from '../python/operator.ts';
import { str } from '../python/text/repr.ts';
import { bool } from '../python/truth.ts';
import { onePass } from '../fast/one-pass.ts';
import { tensor, zeros_like } from '../tensor/creation.ts';
import { get_default_dtype } from '../tensor/default-dtype.ts';
import type { Tensors } from '../tensor/foreach-arguments.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Torch } from '../tensor/torch.ts';
import { whole } from '../tensor/whole.ts';
import { _assert_capturable } from './capturable.ts';
import { _default_to_foreach } from './default-to-foreach.ts';
import { type Faithful, followed, resolve } from './faithful.ts';
import { type Closure, Optimizer } from './optimizer.ts';
import type { Params } from './add-param-group.ts';
import { closureOf, type Step } from './step.ts';
import { initSignature, type RMSpropOptions } from './rmsprop-options.ts';
import { _to_scalar } from './to-scalar.ts';
import { _use_grad_for_differentiable } from './use-grad-for-differentiable.ts';
import type { Version } from './versions.ts';
import { _view_as_real, _view_complex_as_real } from './view-as-real.ts';

/** RMSprop (rmsprop.py, line 30). */
export class RMSprop extends Optimizer {
  static override readonly __module__: string = 'torch.optim.rmsprop';

  static {
    const prototype = this.prototype as { step: Step };
    prototype.step = _use_grad_for_differentiable(prototype.step);
  }

  /** The update of one group; a subclass may put a wrong one in its place. */
  protected get functional(): Functional {
    return followed(this).fast ? fastRmsprop : rmsprop;
  }

  /**
   * rmsprop.py, line 31.
   *
   * @param params tensors, or groups of tensors with options of their own; undefined where a keyword `params` gives them
   * @param options keyword arguments of PyTorch's constructor
   * @param faithful the PyTorch version and arithmetic to follow
   * @throws RangeError for a reference or an arithmetic that there is not; TypeError for keywords that there are not and for missing
   * `params` (clause OPT-2); for a hyper-parameter ValueError if it is out of range or, in 2.13, an `lr` of several elements, TypeError
   * if it has no order, RuntimeError if it is any other tensor without exactly one element, all before `params` is looked at (clauses
   * OPT-3, OPT-4, ERR-7); what the base throws (clause OPT-6)
   */
  constructor(params: Params | undefined, options: RMSpropOptions = {}, faithful: Faithful = {}) {
    const { version } = resolve(faithful);
    const args = bind(initSignature(version), params === undefined ? [null] : [null, params], options);
    const { lr = 0.01, alpha = 0.99, eps = 1e-8, weight_decay = 0, momentum = 0, centered = false } = args;
    const { capturable = false, foreach = null, maximize = false, differentiable = false } = args;
    if (version.lr_tensor_of_any_rank && lr instanceof Tensor && lr.numel() !== 1)
      throw new ValueError('Tensor lr must be 1-element');
    if (!le(0, lr)) throw new ValueError(`Invalid learning rate: ${str(lr)}`);
    if (!le(0, eps)) throw new ValueError(`Invalid epsilon value: ${str(eps)}`);
    if (!le(0, momentum)) throw new ValueError(`Invalid momentum value: ${str(momentum)}`);
    if (!le(0, weight_decay)) throw new ValueError(`Invalid weight_decay value: ${str(weight_decay)}`);
    if (!le(0, alpha)) throw new ValueError(`Invalid alpha value: ${str(alpha)}`);
    const defaults = {
      ...{ lr, momentum, alpha, eps, centered, weight_decay },
      ...(version.capturable ? { capturable } : {}),
      ...{ foreach, maximize, differentiable },
    };
    super(args['params'] as Params, defaults, faithful);
  }

  /**
   * Takes over state and groups, adding what older versions did not save (clause LSD-9); a `step` that is a number
   * becomes a tensor from 2.4 on (clause LSD-15). rmsprop.py, line 72.
   *
   * @throws KeyError when a state has no `step`, TypeError or ValueError when that is no number (clause LSD-16)
   */
  override __setstate__(attributes: unknown): void {
    super.__setstate__(attributes);
    for (const group of iterate(this.param_groups)) {
      setdefault(group, 'momentum', 0);
      setdefault(group, 'centered', false);
      setdefault(group, 'foreach', null);
      setdefault(group, 'maximize', false);
      setdefault(group, 'differentiable', false);
      if (!this.version.step_is_tensor) continue;
      setdefault(group, 'capturable', false);
      for (const p of iterate(item(group, 'params')) as Iterable<Tensor>) {
        const state = get(this.state, p, []);
        hashed(p);
        if (len(state) === 0 || item(state, 'step') instanceof Tensor) continue;
        const step = toFloat(item(state, 'step'));
        const device = bool(item(group, 'capturable')) ? p.device : 'cpu';
        assign(state, 'step', tensor(step, get_default_dtype(), device));
      }
    }
  }

  /**
   * Gathers the parameters that the group has now (clause GRP-11), gradients and state, and makes the state that is not
   * there (clauses STA-1 to STA-4). rmsprop.py, line 93.
   *
   * @throws RuntimeError for a sparse gradient; KeyError for a buffer that the options ask for and the state lacks
   * (clause ERR-5), or an option that the group lacks (clause ERR-4)
   */
  _init_group(group: unknown): Gathered {
    const { step_is_tensor } = this.version;
    const [params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps] = lists();
    for (const p of iterate(item(group, 'params')) as Iterable<Tensor>) {
      const grad = getattr(p, 'grad') as Tensor | null;
      if (grad === null) continue; // RMS-1, GAD-1
      params.push(p);
      if (grad.is_sparse) throw new RuntimeError('RMSprop does not support sparse gradients'); // GAD-3
      grads.push(grad); // GAD-2
      const state = item(this.state, p);
      const entry = (key: string): Tensor => item(state, key) as Tensor;
      if (len(state) === 0) {
        const device = step_is_tensor && bool(item(group, 'capturable')) ? p.device : 'cpu'; // STA-1, ERR-5
        assign(state, 'step', step_is_tensor ? tensor(0, get_default_dtype(), device) : 0);
        assign(state, 'square_avg', zeros_like(p));
        if (gt(item(group, 'momentum'), 0)) assign(state, 'momentum_buffer', zeros_like(p));
        if (bool(item(group, 'centered'))) assign(state, 'grad_avg', zeros_like(p));
      }
      square_avgs.push(entry('square_avg'));
      if (step_is_tensor) state_steps.push(entry('step'));
      if (gt(item(group, 'momentum'), 0)) momentum_buffer_list.push(entry('momentum_buffer'));
      if (bool(item(group, 'centered'))) grad_avgs.push(entry('grad_avg'));
      if (!step_is_tensor) this._count(state, group);
    }
    const gathered = { params, grads, square_avgs, grad_avgs, momentum_buffer_list };
    return step_is_tensor ? { ...gathered, state_steps } : gathered;
  }

  /**
   * Before 2.4 a step is counted as soon as its state is gathered (clause RMS-3; rmsprop.py of v2.1.2, line 93).
   *
   * @throws RuntimeError for a tensor with differentiable (clause ERR-6), TypeError for what 1 cannot be added to
   * (clause LSD-15)
   */
  private _count(state: unknown, group: unknown): void {
    const differentiable = bool(item(group, 'differentiable'));
    const step = item(state, 'step');
    if (step instanceof Tensor && differentiable) throw new RuntimeError("`step` can't be a tensor");
    if (step instanceof Tensor) this.torch.add_(step, 1);
    else assign(state, 'step', increment(step)); // RMS-11
  }

  /** The closure, then every group in order (clause RMS-16). rmsprop.py, line 145. */
  override step<R>(closure?: Closure<R> | { readonly closure?: Closure<R> | null } | null): R | null;
  override step(...args: readonly unknown[]): unknown {
    const closure = closureOf('RMSprop.step', args);
    const loss = closure === null ? null : set_grad_enabled(true, () => call(closure)); // GAD-7, GAD-9
    const update = (): void => {
      for (const group of iterate(this.param_groups)) {
        getattr(this, '_init_group'); // HKS-9
        const gathered = this._init_group(group); // GRP-11, LSD-18
        const hyper = {
          lr: item(group, 'lr'),
          alpha: item(group, 'alpha'),
          eps: item(group, 'eps'),
          weight_decay: item(group, 'weight_decay'),
          momentum: item(group, 'momentum'),
          centered: item(group, 'centered'),
          foreach: item(group, 'foreach'),
          maximize: item(group, 'maximize'),
          differentiable: item(group, 'differentiable'),
          capturable: this.version.capturable && item(group, 'capturable'), // GRP-3
        }; // RMS-10
        this.functional(this.torch, gathered, hyper, this.version);
      }
    };
    // A hook may have handed the step to an optimizer of another class (HKS-9).
    if (followed(this).torch.compiler.is_compiling())
      whole(update); // NUM-8
    else update();
    return loss; // GAD-8
  }
}

/** The parameters of a group that have a gradient, with their gradients and state, index by index. */
export interface Gathered {
  readonly params: Tensors;
  readonly grads: Tensors;
  readonly square_avgs: Tensors;
  /** Empty unless centered. */
  readonly grad_avgs: Tensors;
  /** Empty unless momentum > 0. */
  readonly momentum_buffer_list: Tensors;
  /** Step counters; absent in versions that count while gathering. */
  readonly state_steps?: Tensors;
}

/** Empty lists, one for each thing that is gathered. */
function lists(): readonly [Tensor[], Tensor[], Tensor[], Tensor[], Tensor[], Tensor[]] {
  return [[], [], [], [], [], []];
}

/** The hyper-parameters of a group, read at the time of the step and checked where they are used (clauses RMS-10, ERR-8). */
export type Hyper = Readonly<
  Record<'lr' | 'alpha' | 'eps' | 'weight_decay' | 'momentum' | 'centered', unknown> &
    Record<'foreach' | 'maximize' | 'differentiable' | 'capturable', unknown>
>;

/** An RMSprop update of one group: writes the new parameters and state in place, and nothing else (clause RMS-11). */
export type Functional = (torch: Torch, gathered: Gathered, hyper: Hyper, version: Version) => void;

/**
 * The for-loop path: the whole update of one parameter, then the next (clauses RMS-2 to RMS-9). rmsprop.py, line 265.
 */
export const _single_tensor_rmsprop: Functional = (torch, gathered, hyper, version) => {
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = gathered;
  const { alpha, eps, weight_decay, momentum, centered, maximize, differentiable, capturable } = hyper;
  const lr = _to_scalar(hyper.lr, version);
  params.forEach((p, i) => {
    const step = state_steps?.[i];
    let [param, square_avg] = [p, square_avgs[i]!];
    if (!torch.compiler.is_compiling() && bool(capturable)) _assert_capturable([param], [step]); // RMS-15

    let grad = bool(maximize) ? torch.neg(grads[i]!) : grads[i]!; // RMS-2
    if (step !== undefined) torch.add_(step, 1); // RMS-3
    if (ne(weight_decay, 0)) grad = torch.add(grad, param, { alpha: weight_decay }); // RMS-4

    const is_complex_param = torch.is_complex(param); // NUM-10
    if (is_complex_param) {
      param = torch.view_as_real(param);
      grad = torch.view_as_real(grad);
      square_avg = torch.view_as_real(square_avg);
    }

    torch.mul_(square_avg, alpha); // RMS-5
    torch.addcmul_(square_avg, grad, grad, { value: sub(1, alpha) }); // RMS-5

    let avg;
    if (bool(centered)) {
      const grad_avg = is_complex_param ? torch.view_as_real(grad_avgs[i]!) : grad_avgs[i]!;
      torch.lerp_(grad_avg, grad, sub(1, alpha)); // RMS-6
      avg = torch.addcmul(square_avg, grad_avg, grad_avg, { value: -1 }); // RMS-6
      torch.sqrt_(avg); // RMS-17
    } else {
      avg = torch.sqrt(square_avg); // RMS-7
    }
    avg = bool(differentiable) ? torch.add(avg, eps) : torch.add_(avg, eps); // RMS-7

    if (gt(momentum, 0)) {
      const buf = is_complex_param ? torch.view_as_real(momentum_buffer_list[i]!) : momentum_buffer_list[i]!;
      torch.mul_(buf, momentum); // RMS-8
      torch.addcdiv_(buf, grad, avg); // RMS-8
      torch.add_(param, buf, { alpha: neg(lr) }); // RMS-9
    } else {
      torch.addcdiv_(param, grad, avg, { value: neg(lr) }); // RMS-9
    }
  });
};

/**
 * The foreach path: each line for all parameters, then the next line (clause RMS-12). rmsprop.py, line 342.
 *
 * @throws AssertionError when there is anything to update and `differentiable` is set (clause RMS-14).
 */
export const _multi_tensor_rmsprop: Functional = (torch, gathered, hyper, version) => {
  const { alpha, eps, weight_decay, momentum, centered, maximize, differentiable, capturable } = hyper;
  if (gathered.params.length === 0) return;
  if (bool(differentiable)) throw new AssertionError("_foreach ops don't support autograd");
  if (!torch.compiler.is_compiling() && bool(capturable))
    _assert_capturable(gathered.params, gathered.state_steps ?? []); // RMS-15
  const lr = _to_scalar(hyper.lr, version);
  // While it compiles, PyTorch takes every group for one with capturable (NUM-8).
  const on_device = (torch.compiler.is_compiling() || bool(capturable)) && lr instanceof Tensor;

  for (const bucket of torch._group_tensors_by_device_and_dtype(gathered)) {
    const viewed = version.foreach_views_first ? _view_as_real(torch, bucket) : bucket; // NUM-10
    const { state_steps } = viewed;
    let { params, grads, square_avgs, grad_avgs, momentum_buffer_list: bufs } = viewed;
    if (bool(maximize)) grads = torch._foreach_neg(grads); // RMS-2
    if (state_steps !== undefined) torch._foreach_add_(state_steps, 1); // RMS-3
    if (ne(weight_decay, 0)) {
      if (bool(maximize))
        torch._foreach_add_(grads, params, { alpha: weight_decay }); // RMS-4, RMS-11
      else grads = torch._foreach_add(grads, params, { alpha: weight_decay }); // RMS-4
    }
    if (!version.foreach_views_first) {
      grads = _view_complex_as_real(torch, grads);
      params = _view_complex_as_real(torch, params);
      square_avgs = _view_complex_as_real(torch, square_avgs);
    }

    torch._foreach_mul_(square_avgs, alpha); // RMS-5
    torch._foreach_addcmul_(square_avgs, grads, grads, { value: sub(1, alpha) }); // RMS-5

    let avg;
    if (bool(centered)) {
      if (!version.foreach_views_first) grad_avgs = _view_complex_as_real(torch, grad_avgs);
      torch._foreach_lerp_(grad_avgs, grads, sub(1, alpha)); // RMS-6
      avg = torch._foreach_addcmul(square_avgs, grad_avgs, grad_avgs, { value: -1 }); // RMS-6
      torch._foreach_sqrt_(avg); // RMS-17
    } else {
      avg = torch._foreach_sqrt(square_avgs); // RMS-7
    }
    torch._foreach_add_(avg, eps); // RMS-7

    if (gt(momentum, 0)) {
      if (!version.foreach_views_first) bufs = _view_complex_as_real(torch, bufs);
      torch._foreach_mul_(bufs, momentum); // RMS-8
      torch._foreach_addcdiv_(bufs, grads, avg); // RMS-8
      if (on_device)
        torch._foreach_add_(params, torch._foreach_mul(bufs, neg(lr))); // RMS-13
      else torch._foreach_add_(params, bufs, { alpha: neg(lr) }); // RMS-9
    } else if (on_device) {
      torch._foreach_div_(avg, neg(lr)); // RMS-13
      torch._foreach_addcdiv_(params, grads, avg); // RMS-13
    } else {
      torch._foreach_addcdiv_(params, grads, avg, { value: neg(lr) }); // RMS-9
    }
  }
};

/**
 * The update, in the path that `foreach` names or, where it is None, that the devices suggest (clause RMS-12). rmsprop.py, line 477.
 *
 * @throws RuntimeError when a step counter is not a tensor in a version that wants tensors (clause ERR-6).
 */
export const rmsprop: Functional = (torch, gathered, hyper, version) => {
  if (version.step_is_tensor && !gathered.state_steps!.every((step) => step instanceof Tensor))
    throw new RuntimeError('API has changed, `state_steps` argument must contain a list of singleton tensors');
  const foreach = hyper.foreach ?? _default_to_foreach(gathered.params, hyper.differentiable);
  const update = bool(foreach) ? _multi_tensor_rmsprop : _single_tensor_rmsprop;
  update(torch, gathered, hyper, version);
};

/** The same, in one pass over each parameter where everything is ordinary (src/fast/one-pass.ts). */
const fastRmsprop: Functional = (torch, gathered, hyper, version) => {
  if (!onePass(gathered, hyper)) rmsprop(torch, gathered, hyper, version);
};

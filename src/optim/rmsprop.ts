/**
 * `torch.optim.RMSprop`: defaults, validation, state and the loop over groups.
 */
import { RuntimeError, TypeError, ValueError } from '../tensor/errors.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { allocate } from '../tensor/dtype.ts';
import { Tensor, zeros_like } from '../tensor/tensor.ts';
import { type Functional, type Hyper, rmsprop } from './functional.ts';
import { type Closure, type Faithful, Optimizer, type ParamGroup, type Params, type State } from './optimizer.ts';
import { str } from './python.ts';
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
  /** The update of one group; a subclass may put a wrong one in its place. */
  protected readonly functional: Functional = rmsprop;

  /**
   * @param params tensors, or groups of tensors with options of their own
   * @param options keyword arguments of PyTorch's constructor
   * @param faithful the PyTorch version and arithmetic to follow
   * @throws ValueError for a hyper-parameter out of range, checked before `params` is looked at (clause OPT-3)
   */
  constructor(params: Params, options: RMSpropOptions = {}, faithful: Faithful = {}) {
    const { lr = 0.01, alpha = 0.99, eps = 1e-8, weight_decay = 0, momentum = 0, centered = false } = options;
    const { capturable = false, foreach = null, maximize = false, differentiable = false } = options;
    const { version } = Optimizer.resolve(faithful);
    refuseUnknown(options, version);
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
    super(params, defaults, faithful);
  }

  /**
   * One optimization step (clauses RMS-1 to RMS-15).
   *
   * @param closure called once, with grad mode on, before any group is looked at
   * @returns what the closure returned, or null
   * @throws RuntimeError for a sparse gradient; whatever an operation of the step throws
   */
  override step<R>(closure?: Closure<R>): R | null {
    return set_grad_enabled(this.defaults['differentiable'] === true, () => {
      const loss = closure === undefined ? null : set_grad_enabled(true, closure);
      for (const group of this.param_groups) this.#update(group);
      return loss;
    });
  }

  #update(group: ParamGroup): void {
    const params: Tensor[] = [];
    const grads: Tensor[] = [];
    const states: State[] = [];
    const hyper = group as unknown as Hyper;
    for (const p of group.params) {
      const { grad } = p;
      if (grad === null) continue; // RMS-1
      params.push(p);
      if (grad.is_sparse) throw new RuntimeError('RMSprop does not support sparse gradients');
      grads.push(grad);
      states.push(this.#stateOf(p, hyper));
    }
    const gather = (key: string): Tensor[] => states.map((state) => state[key] as Tensor);
    this.functional(
      {
        params,
        grads,
        square_avgs: gather('square_avg'),
        grad_avgs: hyper.centered ? gather('grad_avg') : [],
        momentum_buffer_list: hyper.momentum > 0 ? gather('momentum_buffer') : [],
        state_steps: this.version.step_is_tensor ? gather('step') : [],
      },
      hyper,
      this.ops,
      this.version,
    );
  }

  /** The state of a parameter, made where it is empty (clauses STA-1 to STA-4). */
  #stateOf(p: Tensor, hyper: Hyper): State {
    const state = this.state.get(p);
    if (Object.keys(state).length === 0) {
      state['step'] = this.version.step_is_tensor ? this.#zeroStep(hyper.capturable ? p.device : 'cpu') : 0;
      state['square_avg'] = zeros_like(p);
      if (hyper.momentum > 0) state['momentum_buffer'] = zeros_like(p);
      if (hyper.centered) state['grad_avg'] = zeros_like(p);
    }
    if (!this.version.step_is_tensor) state['step'] = (state['step'] as number) + 1;
    return state;
  }

  #zeroStep(device: Tensor['device']): Tensor {
    return new Tensor({ dtype: 'float32', shape: [], device, data: allocate('float32', 1) });
  }
}

const OPTIONS = new Set(
  'lr alpha eps weight_decay momentum centered capturable foreach maximize differentiable'.split(' '),
);

/** @throws TypeError for a keyword that the version's constructor does not have (clause OPT-2). */
function refuseUnknown(options: object, version: Version): void {
  const unknown = Object.keys(options).find(
    (name) => !OPTIONS.has(name) || (name === 'capturable' && !version.capturable),
  );
  if (unknown !== undefined) throw new TypeError(`RMSprop.__init__() got an unexpected keyword argument '${unknown}'`);
}

/** @throws ValueError unless 0 <= x, so for NaN too. */
function validate(x: number | Tensor, what: string): void {
  if (!(0 <= (x instanceof Tensor ? x.item() : x))) throw new ValueError(`Invalid ${what}${str(x)}`);
}

/**
 * An RMSprop update in four parts, so that a wrong variant is the one part that it gets wrong.
 */
import {
  _multi_tensor_rmsprop,
  _single_tensor_rmsprop,
  type Functional,
  type Hyper,
  RMSprop,
} from '../../optim/rmsprop.ts';
import { _to_scalar } from '../../optim/to-scalar.ts';
import { neg } from '../../python/operator.ts';
import type { RMSpropClass } from '../../subject/port.ts';
import { numberArgument } from '../../tensor/arguments.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Torch } from '../../tensor/torch.ts';

/** The hyper-parameters that are numbers, and the flags. */
type NumericHyper = Readonly<Record<'alpha' | 'eps' | 'weight_decay' | 'momentum', number> & { maximize: boolean }>;

/** One parameter on its way through a step. */
export interface Update {
  readonly torch: Torch;
  readonly hyper: NumericHyper;
  readonly lr: number;
  /** -lr, as Python negates it. */
  readonly negative: number;
  readonly param: Tensor;
  readonly square_avg: Tensor;
  /** Present if centered. */
  readonly grad_avg: Tensor | undefined;
  /** Present if momentum > 0. */
  readonly buf: Tensor | undefined;
}

/** The parts; each may write into parameter and state. */
export interface Rule {
  /** The gradient that the rest of the step sees. */
  readonly gradient: (update: Update, grad: Tensor) => Tensor;
  /** What the root is taken of: a new tensor, square_avg and grad_avg brought up to date. */
  readonly variance: (update: Update, grad: Tensor) => Tensor;
  /** What the gradient is divided by; may overwrite the variance. */
  readonly denominator: (update: Update, variance: Tensor) => Tensor;
  /** Writes the parameter and the momentum buffer. */
  readonly apply: (update: Update, grad: Tensor, denominator: Tensor) => void;
}

/** The right parts. */
export const right: Rule = {
  gradient({ torch, hyper, param }, grad) {
    const signed = hyper.maximize ? torch.neg(grad) : grad;
    return hyper.weight_decay === 0 ? signed : torch.add(signed, param, { alpha: hyper.weight_decay });
  },
  variance({ torch, hyper, square_avg, grad_avg }, grad) {
    torch.mul_(square_avg, hyper.alpha);
    torch.addcmul_(square_avg, grad, grad, { value: 1 - hyper.alpha });
    if (grad_avg === undefined) return torch.add(square_avg, 0);
    torch.lerp_(grad_avg, grad, 1 - hyper.alpha);
    return torch.addcmul(square_avg, grad_avg, grad_avg, { value: -1 });
  },
  denominator: ({ torch, hyper }, variance) => torch.add_(torch.sqrt_(variance), hyper.eps),
  apply({ torch, hyper, negative, param, buf }, grad, denominator) {
    if (buf === undefined) torch.addcdiv_(param, grad, denominator, { value: negative });
    else torch.add_(param, torch.addcdiv_(torch.mul_(buf, hyper.momentum), grad, denominator), { alpha: negative });
  },
};

/** Whether a wrong part can compute with the hyper-parameters; what else there is, the right rule refuses or takes. */
function isNumeric(hyper: Hyper): hyper is Hyper & NumericHyper {
  const { alpha, eps, weight_decay, momentum, maximize } = hyper;
  return [alpha, eps, weight_decay, momentum].every((x) => typeof x === 'number') && typeof maximize === 'boolean';
}

/** RMSprop with some parts of the rule replaced; it refuses what RMSprop refuses. */
export function withRule(wrong: Partial<Rule>): RMSpropClass {
  const { gradient, variance, denominator, apply } = { ...right, ...wrong };
  const functional: Functional = (torch, gathered, hyper, version) => {
    if (hyper.foreach && hyper.differentiable) return _multi_tensor_rmsprop(torch, gathered, hyper, version);
    const [first] = gathered.params;
    const onDevice = first?.device !== 'cpu';
    if (
      !isNumeric(hyper) ||
      (hyper.capturable && !onDevice) ||
      gathered.params.some((p) => hyper.differentiable && p.is_leaf && p.requires_grad)
    )
      return _single_tensor_rmsprop(torch, gathered, hyper, version);
    gathered.params.forEach((param, i) => {
      const [square_avg, grad_avg, buf] = [
        gathered.square_avgs[i]!,
        gathered.grad_avgs[i],
        gathered.momentum_buffer_list[i],
      ];
      const negative = numberArgument(neg(_to_scalar(hyper.lr, version)), "addcdiv_(): argument 'value'");
      const update = { torch, hyper, lr: -negative, negative, param, square_avg, grad_avg, buf };
      const step = gathered.state_steps?.[i];
      if (step !== undefined) torch.add_(step, 1);
      const grad = gradient(update, gathered.grads[i]!);
      apply(update, grad, denominator(update, variance(update, grad)));
    });
  };
  // A wrong rule under the right name: nothing but its numbers gives it away.
  const named = {
    RMSprop: class extends RMSprop {
      protected override get functional(): Functional {
        return functional;
      }
    },
  };
  return named.RMSprop;
}

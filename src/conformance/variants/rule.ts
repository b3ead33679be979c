/**
 * An RMSprop update in four parts, so that a wrong variant is the one part that it gets wrong.
 */
import type { Functional, Hyper } from '../../optim/update.ts';
import { to_scalar } from '../../optim/lr.ts';
import { multi_tensor_rmsprop } from '../../optim/multi-tensor.ts';
import { RMSprop } from '../../optim/rmsprop.ts';
import { negated, number } from '../../optim/scalars.ts';
import { single_tensor_rmsprop } from '../../optim/single-tensor.ts';
import type { RMSpropClass } from '../../subject/port.ts';
import type { Ops } from '../../tensor/ops.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The hyper-parameters that are numbers, and the flags. */
type NumericHyper = Readonly<Record<'alpha' | 'eps' | 'weight_decay' | 'momentum', number> & { maximize: boolean }>;

/** One parameter on its way through a step. */
export interface Update {
  readonly ops: Ops;
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
  gradient({ ops, hyper, param }, grad) {
    const signed = hyper.maximize ? ops.neg(grad) : grad;
    return hyper.weight_decay === 0 ? signed : ops.add(signed, param, hyper.weight_decay);
  },
  variance({ ops, hyper, square_avg, grad_avg }, grad) {
    ops.mul_(square_avg, hyper.alpha);
    ops.addcmul_(square_avg, grad, grad, 1 - hyper.alpha);
    if (grad_avg === undefined) return ops.mul(square_avg, 1);
    ops.lerp_(grad_avg, grad, 1 - hyper.alpha);
    return ops.addcmul(square_avg, grad_avg, grad_avg, -1);
  },
  denominator: ({ ops, hyper }, variance) => ops.add_(ops.sqrt_(variance), hyper.eps),
  apply({ ops, hyper, negative, param, buf }, grad, denominator) {
    if (buf === undefined) ops.addcdiv_(param, grad, denominator, negative);
    else ops.add_(param, ops.addcdiv_(ops.mul_(buf, hyper.momentum), grad, denominator), negative);
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
  const functional: Functional = (gathered, hyper, ops, version) => {
    if (hyper.foreach && hyper.differentiable) return multi_tensor_rmsprop(gathered, hyper, ops, version);
    const [first] = gathered.params;
    const onDevice = first?.device !== 'cpu';
    if (
      !isNumeric(hyper) ||
      (hyper.capturable && !onDevice) ||
      gathered.params.some((p) => hyper.differentiable && p.is_leaf && p.requires_grad)
    )
      return single_tensor_rmsprop(gathered, hyper, ops, version);
    gathered.params.forEach((param, i) => {
      const [square_avg, grad_avg, buf] = [
        gathered.square_avgs[i]!,
        gathered.grad_avgs[i],
        gathered.momentum_buffer_list[i],
      ];
      const negative = number(negated(to_scalar(hyper.lr, version)), "addcdiv_(): argument 'value'");
      const update = { ops, hyper, lr: -negative, negative, param, square_avg, grad_avg, buf };
      const step = gathered.state_steps[i];
      if (step !== undefined) ops.add_(step, 1);
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

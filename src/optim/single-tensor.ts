/**
 * The for-loop path: the whole update of one parameter, then the next. PyTorch 2.1 to 2.13, `_single_tensor_rmsprop`.
 */
import { assert_capturable } from './capturable.ts';
import type { Functional } from './update.ts';
import { lerp_ } from './lerp.ts';
import { to_scalar } from './lr.ts';
import { truthy } from './python.ts';
import { check_alpha, complement, negated, nonzero, number, operand, positive } from './scalars.ts';

/** The single-tensor update (clauses RMS-2 to RMS-9). */
export const single_tensor_rmsprop: Functional = (gathered, hyper, ops, version) => {
  const { alpha, eps, weight_decay, momentum, centered, maximize, differentiable, capturable } = hyper;
  const lr = to_scalar(hyper.lr, version);
  gathered.params.forEach((param, i) => {
    const step = gathered.state_steps[i];
    const square_avg = gathered.square_avgs[i]!;
    if (version.capturable && truthy(capturable)) assert_capturable([param], [step]);

    let grad = gathered.grads[i]!;
    if (truthy(maximize)) grad = ops.neg(grad); // RMS-2
    if (step !== undefined) ops.add_(step, 1); // RMS-3
    if (nonzero(weight_decay)) {
      const scale = number(weight_decay, "add(): argument 'alpha'");
      check_alpha(weight_decay, param);
      grad = ops.add(grad, param, scale); // RMS-4
    }

    ops.mul_(square_avg, operand(alpha, 'mul_')); // RMS-5
    ops.addcmul_(square_avg, grad, grad, number(complement(alpha), "addcmul_(): argument 'value'")); // RMS-5

    let avg;
    if (truthy(centered)) {
      const grad_avg = gathered.grad_avgs[i]!;
      lerp_(ops, grad_avg, grad, complement(alpha), version); // RMS-6
      avg = ops.sqrt_(ops.addcmul(square_avg, grad_avg, grad_avg, -1)); // RMS-6, RMS-17
    } else {
      avg = ops.sqrt(square_avg); // RMS-7
    }
    avg = truthy(differentiable) ? ops.add(avg, operand(eps, 'add')) : ops.add_(avg, operand(eps, 'add_')); // RMS-7

    if (positive(momentum)) {
      const buf = gathered.momentum_buffer_list[i]!;
      ops.mul_(buf, operand(momentum, 'mul_')); // RMS-8
      ops.addcdiv_(buf, grad, avg); // RMS-8
      ops.add_(param, buf, number(negated(lr), "add_(): argument 'alpha'")); // RMS-9
    } else {
      ops.addcdiv_(param, grad, avg, number(negated(lr), "addcdiv_(): argument 'value'")); // RMS-9
    }
  });
};

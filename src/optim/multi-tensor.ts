/**
 * The foreach path: each line for all parameters, then the next line. PyTorch 2.1 to 2.13, `_multi_tensor_rmsprop`.
 */
import { check_leaf, record_together } from '../tensor/autograd.ts';
import { AssertionError } from '../tensor/errors.ts';
import { assert_capturable } from './capturable.ts';
import type { Functional } from './update.ts';
import { Tensor } from '../tensor/tensor.ts';
import { checkTensors, keyword, others, type Tensors } from './foreach-arguments.ts';
import { by_device_and_dtype } from './grouping.ts';
import { lerp_ } from './lerp.ts';
import { to_scalar } from './lr.ts';
import { truthy } from './python.ts';
import { check_alpha, complement, negated, nonzero, number, positive } from './scalars.ts';
import { tuple } from './tuple.ts';

/**
 * The multi-tensor update (clause RMS-12).
 *
 * @throws AssertionError when there is anything to update and `differentiable` is set (clause RMS-14).
 */
export const multi_tensor_rmsprop: Functional = (gathered, hyper, ops, version) => {
  if (gathered.params.length === 0) return;
  if (truthy(hyper.differentiable)) throw new AssertionError("_foreach ops don't support autograd");
  if (version.capturable && truthy(hyper.capturable)) assert_capturable(gathered.params, gathered.state_steps);
  for (const bucket of by_device_and_dtype(gathered, version)) update(bucket, hyper, ops, version);
};

const update: Functional = (gathered, hyper, ops, version) => {
  const { params, square_avgs, grad_avgs, momentum_buffer_list: bufs, state_steps } = gathered;
  const { alpha, eps, weight_decay, momentum, centered, maximize, capturable } = hyper;
  const lr = to_scalar(hyper.lr, version);

  let grads: Tensors = gathered.grads;
  // 2.1 makes lists of its gradients again.
  const gradients = (list: Tensors): Tensors => (version.foreach_wording === '2.1' ? [...list] : list);
  if (truthy(maximize)) grads = gradients(made(grads.map((g) => ops.neg(g)))); // RMS-2
  written(state_steps, (step) => ops.add_(step, 1)); // RMS-3
  if (nonzero(weight_decay)) {
    const name = truthy(maximize) ? '_foreach_add_' : '_foreach_add';
    const scale = keyword(weight_decay, name, 'alpha', [grads, params], version);
    check_alpha(weight_decay, params[0]!);
    if (truthy(maximize))
      written(grads, (g, i) => ops.add_(g, params[i]!, scale)); // RMS-4, RMS-11
    else grads = gradients(made(grads.map((g, i) => ops.add(g, params[i]!, scale)))); // RMS-4
  }

  const decays = others(alpha, '_foreach_mul_', square_avgs, version);
  written(square_avgs, (v, i) => ops.mul_(v, decays[i]!)); // RMS-5
  const value = number(complement(alpha), "_foreach_addcmul_(): argument 'value'");
  written(square_avgs, (v, i) => ops.addcmul_(v, grads[i]!, grads[i]!, value)); // RMS-5

  let avgs: Tensors;
  if (truthy(centered)) {
    checkTensors(grad_avgs, version);
    written(grad_avgs, (m, i) => lerp_(ops, m, grads[i]!, value, version)); // RMS-6
    avgs = made(square_avgs.map((v, i) => ops.addcmul(v, grad_avgs[i]!, grad_avgs[i]!, -1))); // RMS-6
    written(avgs, (avg) => ops.sqrt_(avg)); // RMS-6, RMS-17
  } else {
    avgs = made(square_avgs.map((v) => ops.sqrt(v))); // RMS-7
  }
  const addends = others(eps, '_foreach_add_', avgs, version);
  written(avgs, (avg, i) => ops.add_(avg, addends[i]!)); // RMS-7

  const on_device = version.capturable && truthy(capturable) && lr instanceof Tensor;
  if (positive(momentum)) {
    const factors = others(momentum, '_foreach_mul_', bufs, version);
    written(bufs, (buf, i) => ops.mul_(buf, factors[i]!)); // RMS-8
    written(bufs, (buf, i) => ops.addcdiv_(buf, grads[i]!, avgs[i]!)); // RMS-8
    const minus_lr = keyword(negated(lr), '_foreach_add_', 'alpha', [params, bufs], version);
    if (on_device) {
      const steps = made(bufs.map((buf) => ops.mul(buf, minus_lr))); // RMS-13
      written(params, (p, i) => ops.add_(p, steps[i]!)); // RMS-13
    } else {
      written(params, (p, i) => ops.add_(p, bufs[i]!, minus_lr)); // RMS-9
    }
  } else {
    const minus_lr = keyword(negated(lr), '_foreach_addcdiv_', 'value', [params, grads, avgs], version);
    if (on_device) {
      written(avgs, (avg) => ops.div_(avg, minus_lr)); // RMS-13
      written(params, (p, i) => ops.addcdiv_(p, grads[i]!, avgs[i]!)); // RMS-13
    } else {
      written(params, (p, i) => ops.addcdiv_(p, grads[i]!, avgs[i]!, minus_lr)); // RMS-9
    }
  }
};

/** What a function over lists makes is a tuple. */
function made(tensors: Tensor[]): Tensors {
  record_together(tensors);
  return tuple(...tensors);
}

/** A function over lists that writes: no tensor before all are known to be no leaves (clause GRD-2). */
function written(tensors: Tensors, write: (tensor: Tensor, i: number) => unknown): void {
  for (const tensor of tensors) check_leaf(tensor);
  tensors.forEach(write);
}

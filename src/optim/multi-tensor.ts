/**
 * The foreach path: each line for all parameters, then the next line. PyTorch 2.1 to 2.13, `_multi_tensor_rmsprop`.
 */
import { AssertionError, RuntimeError } from '../tensor/errors.ts';
import { assert_capturable } from './capturable.ts';
import type { Functional, Gathered } from './update.ts';
import type { Version } from './versions.ts';
import { Tensor } from '../tensor/tensor.ts';
import { checkTensors, keyword, others, type Tensors } from './foreach-arguments.ts';
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
  // What a function over lists made is a tuple; 2.1 makes lists of its gradients again.
  const made = (list: Tensors): Tensors => (version.foreach_wording === '2.1' ? list : tuple(...list));
  if (truthy(maximize)) grads = made(grads.map((g) => ops.neg(g))); // RMS-2
  state_steps.forEach((step) => ops.add_(step, 1)); // RMS-3
  if (nonzero(weight_decay)) {
    const name = truthy(maximize) ? '_foreach_add_' : '_foreach_add';
    const scale = keyword(weight_decay, name, 'alpha', [grads, params], version);
    check_alpha(weight_decay, params[0]!);
    grads = made(grads.map((g, i) => ops.add(g, params[i]!, scale))); // RMS-4
  }

  const decays = others(alpha, '_foreach_mul_', square_avgs, version);
  square_avgs.forEach((v, i) => ops.mul_(v, decays[i]!)); // RMS-5
  const value = number(complement(alpha), "_foreach_addcmul_(): argument 'value'");
  square_avgs.forEach((v, i) => ops.addcmul_(v, grads[i]!, grads[i]!, value)); // RMS-5

  let avgs: Tensors;
  if (truthy(centered)) {
    checkTensors(grad_avgs, version);
    grad_avgs.forEach((m, i) => lerp_(ops, m, grads[i]!, value, version)); // RMS-6
    avgs = tuple(...square_avgs.map((v, i) => ops.addcmul(v, grad_avgs[i]!, grad_avgs[i]!, -1))); // RMS-6
    avgs.forEach((avg) => ops.sqrt_(avg)); // RMS-6
  } else {
    avgs = tuple(...square_avgs.map((v) => ops.sqrt(v))); // RMS-7
  }
  const addends = others(eps, '_foreach_add_', avgs, version);
  avgs.forEach((avg, i) => ops.add_(avg, addends[i]!)); // RMS-7

  const on_device = version.capturable && truthy(capturable) && lr instanceof Tensor;
  if (positive(momentum)) {
    const factors = others(momentum, '_foreach_mul_', bufs, version);
    bufs.forEach((buf, i) => ops.mul_(buf, factors[i]!)); // RMS-8
    bufs.forEach((buf, i) => ops.addcdiv_(buf, grads[i]!, avgs[i]!)); // RMS-8
    const minus_lr = keyword(negated(lr), '_foreach_add_', 'alpha', [params, bufs], version);
    if (on_device) {
      const steps = bufs.map((buf) => ops.mul(buf, minus_lr)); // RMS-13
      params.forEach((p, i) => ops.add_(p, steps[i]!)); // RMS-13
    } else {
      params.forEach((p, i) => ops.add_(p, bufs[i]!, minus_lr)); // RMS-9
    }
  } else {
    const minus_lr = keyword(negated(lr), '_foreach_addcdiv_', 'value', [params, grads, avgs], version);
    if (on_device) {
      avgs.forEach((avg) => ops.div_(avg, minus_lr)); // RMS-13
      params.forEach((p, i) => ops.addcdiv_(p, grads[i]!, avgs[i]!)); // RMS-13
    } else {
      params.forEach((p, i) => ops.addcdiv_(p, grads[i]!, avgs[i]!, minus_lr)); // RMS-9
    }
  }
};

/** The same, apart by the parameters' device and dtype; the order of the parts shows where one of them raises. */
function by_device_and_dtype(gathered: Gathered, version: Version): readonly Gathered[] {
  check_dtypes(gathered, version);
  const buckets = new Map<string, number[]>();
  gathered.params.forEach(({ device, dtype }, i) => {
    const key = `${device} ${dtype}`;
    buckets.set(key, [...(buckets.get(key) ?? []), i]);
  });
  if (buckets.size === 1) return [gathered];
  const parts = [...buckets.values()].map((indices) => {
    const pick = (list: readonly Tensor[]): Tensor[] => (list.length === 0 ? [] : indices.map((i) => list[i]!));
    return {
      ...{ params: pick(gathered.params), grads: pick(gathered.grads), square_avgs: pick(gathered.square_avgs) },
      ...{ grad_avgs: pick(gathered.grad_avgs), momentum_buffer_list: pick(gathered.momentum_buffer_list) },
      state_steps: pick(gathered.state_steps),
    };
  });
  return version.last_bucket_first ? parts.reverse() : parts;
}

/** @throws RuntimeError for state of another dtype than its parameter's, unless it is one that a step might have */
function check_dtypes(gathered: Gathered, { foreach_state: { takes, said } }: Version): void {
  const { params, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = gathered;
  for (const list of [square_avgs, grad_avgs, momentum_buffer_list, state_steps])
    list.forEach((state: unknown, i) => {
      if (!(state instanceof Tensor) || state.dtype === params[i]!.dtype || takes.includes(state.dtype)) return;
      throw new RuntimeError(
        'Tensors of the same index must be on the same device and the same dtype except `step` tensors that can be CPU and ' +
          said,
      );
    });
}

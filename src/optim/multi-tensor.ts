/**
 * The foreach path: each line for all parameters, then the next line. PyTorch 2.1 to 2.13, `_multi_tensor_rmsprop`.
 */
import { AssertionError } from '../tensor/errors.ts';
import { assert_capturable } from './capturable.ts';
import type { Functional, Gathered } from './update.ts';
import type { Version } from './versions.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { FOREACH_ADDCDIV, to_scalar } from './lr.ts';

/**
 * The multi-tensor update (clause RMS-12).
 *
 * @throws AssertionError when there is anything to update and `differentiable` is set (clause RMS-14).
 */
export const multi_tensor_rmsprop: Functional = (gathered, hyper, ops, version) => {
  if (gathered.params.length === 0) return;
  if (hyper.differentiable) throw new AssertionError("_foreach ops don't support autograd");
  if (version.capturable && hyper.capturable) assert_capturable(gathered.params, gathered.state_steps);
  for (const bucket of by_device_and_dtype(gathered, version)) update(bucket, hyper, ops, version);
};

const update: Functional = (gathered, hyper, ops, version) => {
  const { params, square_avgs, grad_avgs, momentum_buffer_list: bufs, state_steps } = gathered;
  const { alpha, eps, weight_decay, momentum, centered, maximize, capturable } = hyper;
  const lr = to_scalar(hyper.lr, version);

  let grads = gathered.grads;
  if (maximize) grads = grads.map((g) => ops.neg(g)); // RMS-2
  state_steps.forEach((step) => ops.add_scalar_(step, 1)); // RMS-3
  if (weight_decay !== 0) grads = grads.map((g, i) => ops.add(g, params[i]!, weight_decay)); // RMS-4

  square_avgs.forEach((v) => ops.mul_(v, alpha)); // RMS-5
  square_avgs.forEach((v, i) => ops.addcmul_(v, grads[i]!, grads[i]!, 1 - alpha)); // RMS-5

  let avgs;
  if (centered) {
    grad_avgs.forEach((m, i) => ops.lerp_(m, grads[i]!, 1 - alpha)); // RMS-6
    avgs = square_avgs.map((v, i) => ops.addcmul(v, grad_avgs[i]!, grad_avgs[i]!, -1)); // RMS-6
    avgs.forEach((avg) => ops.sqrt_(avg)); // RMS-6
  } else {
    avgs = square_avgs.map((v) => ops.sqrt(v)); // RMS-7
  }
  avgs.forEach((avg) => ops.add_scalar_(avg, eps)); // RMS-7

  const on_device = version.capturable && capturable && lr.is_tensor;
  if (momentum > 0) {
    bufs.forEach((buf) => ops.mul_(buf, momentum)); // RMS-8
    bufs.forEach((buf, i) => ops.addcdiv_(buf, grads[i]!, avgs[i]!)); // RMS-8
    const minus_lr = lr.negative("_foreach_add_(): argument 'alpha'");
    if (on_device) {
      const steps = bufs.map((buf) => ops.mul(buf, minus_lr)); // RMS-13
      params.forEach((p, i) => ops.add_(p, steps[i]!)); // RMS-13
    } else {
      params.forEach((p, i) => ops.add_(p, bufs[i]!, minus_lr)); // RMS-9
    }
  } else {
    const minus_lr = lr.negative(FOREACH_ADDCDIV);
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

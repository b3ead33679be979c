/**
 * The fast path: an RMSprop update of a group in one pass over each parameter, bit for bit what the literal path of
 * src/optim/rmsprop.ts computes in the arithmetic `separate`. This is the line between ordinary and not: what `ordinary` and
 * `together` do not take, the literal path does.
 */
import { type Data, dtypeInfo, type OpmathDType, isFloating, isHalf } from '../tensor/dtype.ts';
import { is_grad_enabled } from '../tensor/grad-mode.ts';
import { sameShape } from '../tensor/strides.ts';
import { Tensor } from '../tensor/tensor.ts';
import { apart } from './apart.ts';
import type { Hypers, Lists } from './group.ts';
import { FLAGS, type Kernel, kernel } from './kernel.ts';
import { SCRATCH_PART } from './memory.ts';

/**
 * Updates a group in one pass, if everything about it is ordinary.
 *
 * @returns false, and nothing is written, where it is not, or where the engine has no such kernel
 */
export function onePass(lists: Lists, hypers: Hypers): boolean {
  if (!numeric(hypers) || is_grad_enabled() || !ordinary(lists) || !apart(lists)) return false;
  const made = kernel();
  if (made === undefined) return false;
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = lists;
  for (let i = 0; i < params.length; i++) {
    const step = state_steps?.[i];
    if (step !== undefined) {
      step.storage[0] = step.storage[0]! + 1;
      step.bump_version();
    }
    update(made, hypers, params[i]!, grads[i]!, square_avgs[i]!, grad_avgs[i], momentum_buffer_list[i]);
  }
  return true;
}

/** The hyper-parameters of an ordinary group. */
type Numeric = Hypers & Readonly<Record<'lr' | 'alpha' | 'eps' | 'weight_decay' | 'momentum', number>>;

/** Whether every hyper-parameter is of its own type, and a number that no operation refuses. */
function numeric(hypers: Hypers): hypers is Numeric {
  const { lr, alpha, eps, weight_decay, momentum, centered, foreach, maximize, differentiable, capturable } = hypers;
  if (differentiable !== false || capturable !== false) return false;
  if (typeof centered !== 'boolean' || typeof maximize !== 'boolean') return false;
  if (typeof foreach !== 'boolean' && foreach !== null) return false;
  return small(lr) && small(alpha) && small(eps) && small(weight_decay) && small(momentum);
}

/** Whether a value is a number, and finite in any dtype, also when it is subtracted from 1. */
function small(x: unknown): boolean {
  return typeof x === 'number' && Math.abs(x) < 2 ** 127;
}

/** Whether all are dense tensors on the CPU, those of one parameter of one floating-point dtype and shape. */
function ordinary(lists: Lists): boolean {
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = lists;
  for (let i = 0; i < params.length; i++) {
    const p = params[i]!;
    if (!isFloating(p.dtype) || isHalf(p.dtype) || !dense(p, p) || !dense(grads[i], p) || !dense(square_avgs[i], p))
      return false;
    if (grad_avgs.length > 0 && !dense(grad_avgs[i], p)) return false;
    if (momentum_buffer_list.length > 0 && !dense(momentum_buffer_list[i], p)) return false;
    if (state_steps !== undefined && !counts(state_steps[i])) return false;
  }
  return true;
}

/** Whether a step count is as a step makes it. */
function counts(x: unknown): boolean {
  return x instanceof Tensor && x.shape.length === 0 && isFloating(x.dtype) && x.device === 'cpu';
}

function dense(x: unknown, like: Tensor): boolean {
  if (!(x instanceof Tensor) || x.dtype !== like.dtype || x.device !== 'cpu' || x.is_sparse) return false;
  return x.is_contiguous() && sameShape(x, like);
}

function update(
  made: Kernel,
  hypers: Numeric,
  param: Tensor,
  grad: Tensor,
  square_avg: Tensor,
  grad_avg: Tensor | undefined,
  buf: Tensor | undefined,
): void {
  const { lr, alpha, eps, weight_decay, momentum, maximize } = hypers;
  const { round: r, block } = dtypeInfo(param.dtype);
  const flags =
    (grad_avg === undefined ? 0 : FLAGS.centered) |
    (buf === undefined ? 0 : FLAGS.momentum) |
    (weight_decay === 0 ? 0 : FLAGS.weight_decay) |
    (maximize === true ? FLAGS.maximize : 0);
  const n = param.numel();
  const kernel = made[param.dtype as OpmathDType];
  const run: Run = (count, full, p, g, v, m, b) =>
    kernel(flags, count, full, p, g, v, m, b, r(alpha), r(1 - alpha), r(eps), r(weight_decay), r(momentum), r(0 - lr));
  const [p, g, v, m, b] = [param.storage, grad.storage, square_avg.storage, grad_avg?.storage, buf?.storage];
  const { memory } = made;
  const there = memory.has(p) && memory.has(g) && memory.has(v) && (!m || memory.has(m)) && (!b || memory.has(b));
  const full = n - (n % block);
  if (there) run(n, full, p.byteOffset, g.byteOffset, v.byteOffset, m?.byteOffset ?? 0, b?.byteOffset ?? 0);
  else copied(made, [p, g, v, m, b], n, full, run);
  param.bump_version();
  square_avg.bump_version(2); // mul_, addcmul_
  grad_avg?.bump_version(); // lerp_
  buf?.bump_version(2); // mul_, addcdiv_
}

/** The kernel over `count` elements, the first `full` of them in full blocks, at places in its memory. */
type Run = (count: number, full: number, p: number, g: number, v: number, m: number, b: number) => void;

/** Runs the kernel on stretches that are copied into its memory, and copies back all but the gradient. */
function copied({ memory }: Kernel, arrays: readonly (Data | undefined)[], n: number, full: number, run: Run): void {
  const type = arrays[0]!.constructor as typeof Float32Array;
  const stretch = SCRATCH_PART / type.BYTES_PER_ELEMENT;
  const parts = arrays.map((_, i) => new type(memory.memory.buffer, i * SCRATCH_PART, stretch));
  for (let start = 0; start < n; start += stretch) {
    const count = Math.min(stretch, n - start);
    const whole = count === n;
    arrays.forEach(
      (data, i) => data && parts[i]!.set(whole && data.length === n ? data : data.subarray(start, start + count)),
    );
    const [p, g, v, m, b] = parts.map((part) => part.byteOffset) as [number, number, number, number, number];
    run(count, Math.max(0, Math.min(count, full - start)), p, g, v, m, b);
    arrays.forEach((data, i) => data && i !== 1 && data.set(parts[i]!.subarray(0, count), start));
  }
}

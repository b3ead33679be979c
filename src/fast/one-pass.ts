/**
 * The fast path: an RMSprop update of a group in one pass over each parameter, bit for bit what the literal path of
 * src/optim/rmsprop.ts computes in the arithmetic `separate`. This is the line between ordinary and not: what `ordinary` and
 * `together` do not take, the literal path does.
 */
import { type Data, dtypeInfo, type FloatingDType } from '../tensor/dtype.ts';
import { is_grad_enabled } from '../tensor/grad-mode.ts';
import { sameShape } from '../tensor/strides.ts';
import { Tensor } from '../tensor/tensor.ts';
import { FLAGS, type Kernel, kernel } from './kernel.ts';
import { SCRATCH_PART } from './memory.ts';

/** The lists of a group, index by index. */
export interface Lists {
  readonly params: readonly Tensor[];
  readonly grads: readonly Tensor[];
  readonly square_avgs: readonly Tensor[];
  readonly grad_avgs: readonly Tensor[];
  readonly momentum_buffer_list: readonly Tensor[];
  readonly state_steps?: readonly Tensor[];
}

/** The hyper-parameters of a group, whatever they are. */
export interface Hypers {
  readonly lr: unknown;
  readonly alpha: unknown;
  readonly eps: unknown;
  readonly weight_decay: unknown;
  readonly momentum: unknown;
  readonly centered: unknown;
  readonly foreach: unknown;
  readonly maximize: unknown;
  readonly differentiable: unknown;
  readonly capturable?: unknown;
}

/** The hyper-parameters as numbers and flags. */
interface Scalars {
  readonly flags: number;
  /** alpha, 1 - alpha, eps, weight_decay, momentum, -lr. */
  readonly numbers: readonly number[];
}

/**
 * Updates a group in one pass, if everything about it is ordinary.
 *
 * @returns false, and nothing is written, where it is not, or where the engine has no such kernel
 */
export function onePass(lists: Lists, hypers: Hypers): boolean {
  const scalars = scalarsOf(hypers);
  if (scalars === undefined || is_grad_enabled() || !ordinary(lists) || !apart(lists)) return false;
  const made = kernel();
  if (made === undefined) return false;
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = lists;
  for (let i = 0; i < params.length; i++) {
    const step = state_steps?.[i];
    if (step !== undefined) {
      step.storage[0] = step.storage[0]! + 1;
      step.bump_version();
    }
    update(made, scalars, params[i]!, grads[i]!, square_avgs[i]!, grad_avgs[i], momentum_buffer_list[i]);
  }
  return true;
}

/** @returns undefined where one is a tensor or of a wrong type, refused by an operation, or asks for the literal path */
function scalarsOf(hypers: Hypers): Scalars | undefined {
  const {
    lr,
    alpha,
    eps,
    weight_decay,
    momentum,
    centered,
    foreach,
    maximize,
    differentiable,
    capturable = false,
  } = hypers;
  if (differentiable !== false || capturable !== false) return undefined;
  if (typeof centered !== 'boolean' || typeof maximize !== 'boolean') return undefined;
  if (typeof foreach !== 'boolean' && foreach !== null) return undefined;
  if (typeof lr !== 'number' || typeof alpha !== 'number' || typeof eps !== 'number') return undefined;
  if (typeof weight_decay !== 'number' || typeof momentum !== 'number') return undefined;
  const numbers = [alpha, 1 - alpha, eps, weight_decay, momentum, 0 - lr];
  if (!numbers.every((x) => Math.abs(x) <= dtypeInfo('float32').max)) return undefined;
  const flags =
    (centered ? FLAGS.centered : 0) |
    (momentum > 0 ? FLAGS.momentum : 0) |
    (weight_decay !== 0 ? FLAGS.weight_decay : 0) |
    (maximize ? FLAGS.maximize : 0);
  return { flags, numbers };
}

/** Whether all are dense tensors on the CPU, those of one parameter of one floating-point dtype and shape. */
function ordinary(lists: Lists): boolean {
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = lists;
  for (let i = 0; i < params.length; i++) {
    const p = params[i]!;
    if (p.dtype === 'int64' || !dense(p, p) || !dense(grads[i], p) || !dense(square_avgs[i], p)) return false;
    if (grad_avgs.length > 0 && !dense(grad_avgs[i], p)) return false;
    if (momentum_buffer_list.length > 0 && !dense(momentum_buffer_list[i], p)) return false;
    if (state_steps !== undefined && !counts(state_steps[i])) return false;
  }
  return true;
}

/** Whether a step count is as a step makes it. */
function counts(x: unknown): boolean {
  return x instanceof Tensor && x.shape.length === 0 && x.dtype !== 'int64' && x.device === 'cpu';
}

function dense(x: unknown, like: Tensor): boolean {
  if (!(x instanceof Tensor) || x.dtype !== like.dtype || x.device !== 'cpu' || x.is_sparse) return false;
  return x.is_contiguous() && sameShape(x, like);
}

/** Whether no two of the tensors share bytes. */
function apart(lists: Lists): boolean {
  const all = [lists.params, lists.grads, lists.square_avgs, lists.grad_avgs, lists.momentum_buffer_list].flat();
  const whole = new Set<unknown>();
  const parts = new Map<ArrayBufferLike, Data[]>();
  for (const { storage } of all) {
    if (storage.byteLength === storage.buffer.byteLength) {
      if (whole.has(storage.buffer)) return false;
      whole.add(storage.buffer);
    } else {
      const found = parts.get(storage.buffer);
      if (found === undefined) parts.set(storage.buffer, [storage]);
      else found.push(storage);
    }
  }
  for (const [buffer, stretches] of parts) {
    if (whole.has(buffer)) return false;
    stretches.sort((a, b) => a.byteOffset - b.byteOffset);
    for (let i = 1; i < stretches.length; i++)
      if (stretches[i - 1]!.byteOffset + stretches[i - 1]!.byteLength > stretches[i]!.byteOffset) return false;
  }
  return true;
}

function update(
  made: Kernel,
  { flags, numbers }: Scalars,
  param: Tensor,
  grad: Tensor,
  square_avg: Tensor,
  grad_avg: Tensor | undefined,
  buf: Tensor | undefined,
): void {
  const dtype = param.dtype as FloatingDType;
  const { round, block } = dtypeInfo(dtype);
  const [alpha, rest, eps, weight_decay, momentum, minus_lr] = numbers.map(round) as [
    ...[number, number, number, number, number, number],
  ];
  const n = param.numel();
  const full = n - (n % block);
  const kernel = made[dtype];
  const run = (count: number, inBlocks: number, [p, g, v, m, b]: readonly number[]): void =>
    kernel(flags, count, inBlocks, p!, g!, v!, m!, b!, alpha, rest, eps, weight_decay, momentum, minus_lr);
  const arrays = [param, grad, square_avg, grad_avg, buf].map((tensor) => tensor?.storage);
  if (arrays.every((data) => data === undefined || made.memory.has(data)))
    run(
      n,
      full,
      arrays.map((data) => data?.byteOffset ?? 0),
    );
  else copied(made, arrays, n, full, run);
  param.bump_version();
  square_avg.bump_version(2);
  grad_avg?.bump_version();
  buf?.bump_version(2);
}

/** Runs the kernel on stretches that are copied into its memory, and copies back all but the gradient. */
function copied(
  { memory }: Kernel,
  arrays: readonly (Data | undefined)[],
  n: number,
  full: number,
  run: (count: number, inBlocks: number, places: readonly number[]) => void,
): void {
  const type = arrays[0]!.constructor as typeof Float32Array;
  const stretch = SCRATCH_PART / type.BYTES_PER_ELEMENT;
  const buffer = memory.memory.buffer;
  const parts = arrays.map((_, i) => new type(buffer, i * SCRATCH_PART, stretch));
  const places = parts.map((part) => part.byteOffset);
  for (let start = 0; start < n; start += stretch) {
    const count = Math.min(stretch, n - start);
    arrays.forEach((data, i) => data && parts[i]!.set(data.subarray(start, start + count)));
    run(count, Math.max(0, Math.min(count, full - start)), places);
    arrays.forEach((data, i) => data && i !== 1 && data.set(parts[i]!.subarray(0, count), start));
  }
}

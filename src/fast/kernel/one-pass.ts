/**
 * An RMSprop update in one pass over parameter, gradient and state: the operations of src/optim/rmsprop.ts in their order, each
 * rounded as in the arithmetic `separate` (clauses RMS-2 to RMS-9, NUM-3). AssemblyScript, built by scripts/kernel.ts.
 *
 * T is f32 or f64. `p`, `g`, `v`, `m` and `b` are where parameter, gradient, square_avg, grad_avg and momentum_buffer begin, `n` is
 * how many elements they have, and `full` how many of those lie in full blocks of PyTorch's vectorised kernels (clause NUM-7).
 */

const CENTERED: i32 = 1;
const MOMENTUM: i32 = 2;
const DECAY: i32 = 4;
const MAXIMIZE: i32 = 8;

export function float32(
  flags: i32, n: usize, full: usize, p: usize, g: usize, v: usize, m: usize, b: usize,
  alpha: f32, rest: f32, eps: f32, weight_decay: f32, momentum: f32, minus_lr: f32,
): void {
  update<f32>(flags, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr);
}

export function float64(
  flags: i32, n: usize, full: usize, p: usize, g: usize, v: usize, m: usize, b: usize,
  alpha: f64, rest: f64, eps: f64, weight_decay: f64, momentum: f64, minus_lr: f64,
): void {
  update<f64>(flags, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr);
}

/** A loop for each combination of flags that changes what is read, so that no loop asks for one. */
// @ts-ignore: decorator
@inline
function update<T>(
  flags: i32, n: usize, full: usize, p: usize, g: usize, v: usize, m: usize, b: usize,
  alpha: T, rest: T, eps: T, weight_decay: T, momentum: T, minus_lr: T,
): void {
  const up = (flags & MAXIMIZE) != 0;
  switch (flags & (CENTERED | MOMENTUM | DECAY)) {
    case 0: pass<T>(false, false, false, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    case 1: pass<T>(true, false, false, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    case 2: pass<T>(false, true, false, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    case 3: pass<T>(true, true, false, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    case 4: pass<T>(false, false, true, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    case 5: pass<T>(true, false, true, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    case 6: pass<T>(false, true, true, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr); break;
    default: pass<T>(true, true, true, up, n, full, p, g, v, m, b, alpha, rest, eps, weight_decay, momentum, minus_lr);
  }
}

// @ts-ignore: decorator
@inline
function pass<T>(
  centered: bool, with_momentum: bool, with_decay: bool, maximize: bool,
  n: usize, full: usize, p: usize, g: usize, v: usize, m: usize, b: usize,
  alpha: T, rest: T, eps: T, weight_decay: T, momentum: T, minus_lr: T,
): void {
  const near = abs<T>(rest) < <T>0.5;
  const back: T = <T>1 - rest;
  const ahead: T = rest - <T>1;
  const zero = v128.splat<T>(<T>0);
  const sign = maximize ? v128.neg<T>(zero) : zero;
  let at: usize = 0;
  for (const end = full * sizeof<T>(); at < end; at += 16) {
    const param = v128.load(p + at);
    let grad = v128.xor(v128.load(g + at), sign);
    if (with_decay) grad = v128.add<T>(grad, v128.mul<T>(v128.splat<T>(weight_decay), param));
    const square_avg = v128.add<T>(
      v128.mul<T>(v128.load(v + at), v128.splat<T>(alpha)),
      v128.mul<T>(v128.mul<T>(v128.splat<T>(rest), grad), grad),
    );
    v128.store(v + at, square_avg);
    let avg = square_avg;
    if (centered) {
      let grad_avg = v128.load(m + at);
      const difference = v128.sub<T>(grad, grad_avg);
      grad_avg = near
        ? v128.add<T>(grad_avg, v128.mul<T>(v128.splat<T>(rest), difference))
        : v128.add<T>(v128.mul<T>(v128.splat<T>(ahead), difference), grad);
      v128.store(m + at, grad_avg);
      avg = v128.sub<T>(square_avg, v128.mul<T>(grad_avg, grad_avg));
    }
    avg = v128.add<T>(v128.sqrt<T>(avg), v128.splat<T>(eps));
    if (with_momentum) {
      const buf = v128.add<T>(v128.mul<T>(v128.load(b + at), v128.splat<T>(momentum)), v128.div<T>(grad, avg));
      v128.store(b + at, buf);
      v128.store(p + at, v128.add<T>(param, v128.mul<T>(v128.splat<T>(minus_lr), buf)));
    } else {
      v128.store(p + at, v128.add<T>(param, v128.div<T>(v128.mul<T>(v128.splat<T>(minus_lr), grad), avg)));
    }
  }
  for (const end = n * sizeof<T>(); at < end; at += sizeof<T>()) {
    const param = load<T>(p + at);
    let grad = load<T>(g + at);
    if (maximize) grad = -grad;
    if (with_decay) grad = grad + weight_decay * param;
    const square_avg: T = load<T>(v + at) * alpha + rest * grad * grad;
    store<T>(v + at, square_avg);
    let avg = square_avg;
    if (centered) {
      let grad_avg = load<T>(m + at);
      const difference: T = grad - grad_avg;
      grad_avg = near ? grad_avg + rest * difference : grad - difference * back;
      store<T>(m + at, grad_avg);
      avg = square_avg - grad_avg * grad_avg;
    }
    avg = sqrt<T>(avg) + eps;
    if (with_momentum) {
      const buf: T = load<T>(b + at) * momentum + grad / avg;
      store<T>(b + at, buf);
      store<T>(p + at, param + minus_lr * buf);
    } else {
      store<T>(p + at, param + (minus_lr * grad) / avg);
    }
  }
}

/**
 * One operation over elements that were copied into this module's memory, rounded as in the arithmetic `separate` (clause NUM-3).
 * AssemblyScript, built by scripts/kernel.ts.
 *
 * T is f32 or f64. The first operand lies where the memory begins, the others `b` and `c` bytes further, and the result takes the
 * place of the first; `n` is how many elements they have, and `s` the scalar. Whole vectors are computed: what lies behind the last
 * element is nobody's.
 */

const NEG: i32 = 0;
const SCALE: i32 = 1;
const DIV: i32 = 2;
const SHIFT: i32 = 3;
const SQRT: i32 = 4;
const MUL: i32 = 5;
const OVER: i32 = 6;
const ADD: i32 = 7;
const LERP: i32 = 8;
const ADDCMUL: i32 = 9;
const ADDCDIV: i32 = 10;

/** An operation is a function of its own: in one with a switch the compiler would make one loop that asks at each element. */
export function neg_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(NEG, n, s, b, c); }
export function neg_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(NEG, n, s, b, c); }
export function scale_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(SCALE, n, s, b, c); }
export function scale_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(SCALE, n, s, b, c); }
export function div_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(DIV, n, s, b, c); }
export function div_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(DIV, n, s, b, c); }
export function shift_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(SHIFT, n, s, b, c); }
export function shift_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(SHIFT, n, s, b, c); }
export function sqrt_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(SQRT, n, s, b, c); }
export function sqrt_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(SQRT, n, s, b, c); }
export function mul_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(MUL, n, s, b, c); }
export function mul_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(MUL, n, s, b, c); }
export function over_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(OVER, n, s, b, c); }
export function over_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(OVER, n, s, b, c); }
export function add_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(ADD, n, s, b, c); }
export function add_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(ADD, n, s, b, c); }
export function lerp_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(LERP, n, s, b, c); }
export function lerp_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(LERP, n, s, b, c); }
export function addcmul_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(ADDCMUL, n, s, b, c); }
export function addcmul_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(ADDCMUL, n, s, b, c); }
export function addcdiv_f32(n: usize, s: f32, b: usize, c: usize): void { each<f32>(ADDCDIV, n, s, b, c); }
export function addcdiv_f64(n: usize, s: f64, b: usize, c: usize): void { each<f64>(ADDCDIV, n, s, b, c); }

// @ts-ignore: decorator
@inline
function each<T>(operation: i32, n: usize, s: T, b: usize, c: usize): void {
  const scalar = v128.splat<T>(s);
  for (let at: usize = 0, end = n * sizeof<T>(); at < end; at += 16) v128.store(at, result<T>(operation, at, scalar, b, c));
}

// @ts-ignore: decorator
@inline
function result<T>(operation: i32, at: usize, s: v128, b_at: usize, c_at: usize): v128 {
  const a = v128.load(at);
  if (operation == NEG) return v128.neg<T>(a);
  if (operation == SCALE) return v128.mul<T>(a, s);
  if (operation == DIV) return v128.div<T>(a, s);
  if (operation == SHIFT) return v128.add<T>(a, s);
  if (operation == SQRT) return v128.sqrt<T>(a);
  const b = v128.load(b_at + at);
  if (operation == MUL) return v128.mul<T>(a, b);
  if (operation == OVER) return v128.div<T>(a, b);
  if (operation == ADD) return v128.add<T>(a, v128.mul<T>(s, b));
  if (operation == LERP) return v128.add<T>(a, v128.mul<T>(s, v128.sub<T>(b, a)));
  const c = v128.load(c_at + at);
  if (operation == ADDCMUL) return v128.add<T>(a, v128.mul<T>(v128.mul<T>(s, b), c));
  return v128.add<T>(a, v128.div<T>(v128.mul<T>(s, b), c));
}

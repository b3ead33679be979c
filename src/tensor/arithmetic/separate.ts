/**
 * Every operation rounds: PyTorch on an x86 CPU without FMA (`ATEN_CPU_CAPABILITY=default`), and what plain JavaScript and
 * WebAssembly compute (clause NUM-3).
 */
import type { Arithmetic } from './arithmetic.ts';
import { half_scalars, halves } from './halves.ts';
import type { Loops } from './loops.ts';

const r = Math.fround;

const float32: Loops = {
  addcmul(n, out, a, b, c, s) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + r(r(s * b[i]!) * c[i]!);
  },
  addcdiv(n, out, a, b, c, s) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + r(r(s * b[i]!) / c[i]!);
  },
  add(n, out, a, b, _c, s) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + r(s * b[i]!);
  },
  lerp(n, out, a, b, s, inBlock) {
    const rest = r(1 - s);
    if (Math.abs(s) < 0.5) for (let i = 0; i < n; i++) out[i] = a[i]! + r(s * r(b[i]! - a[i]!));
    else
      for (let i = 0; i < n; i++) {
        const difference = r(b[i]! - a[i]!);
        out[i] = inBlock(i) ? r(r(s - 1) * difference) + b[i]! : b[i]! - r(difference * rest);
      }
  },
};

const float64: Loops = {
  addcmul(n, out, a, b, c, s) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + s * b[i]! * c[i]!;
  },
  addcdiv(n, out, a, b, c, s) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + (s * b[i]!) / c[i]!;
  },
  add(n, out, a, b, _c, s) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + s * b[i]!;
  },
  lerp(n, out, a, b, s, inBlock) {
    if (Math.abs(s) < 0.5) for (let i = 0; i < n; i++) out[i] = a[i]! + s * (b[i]! - a[i]!);
    else
      for (let i = 0; i < n; i++) {
        const difference = b[i]! - a[i]!;
        out[i] = inBlock(i) ? (s - 1) * difference + b[i]! : b[i]! - difference * (1 - s);
      }
  },
};

/** One rounding an operation. */
export const separate: Arithmetic = { name: 'separate', loops: { float32, float64, ...halves(float32) }, half_scalars };

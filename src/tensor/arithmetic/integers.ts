/**
 * Integers, which no arithmetic rounds. Of the compound operations an RMSprop step comes to two: its roots are floating-point.
 */
import type { Loops } from './loops.ts';

/** A sum without a negative zero, which integers do not have (clause INT-1). */
const sum = (x: number, y: number): number => x + y + 0;

/** The loops for int64, the same in every arithmetic. */
export const integers: Pick<Loops, 'add' | 'addcmul'> = {
  add(n, out, a, b, _c, s) {
    for (let i = 0; i < n; i++) out[i] = sum(a[i]!, s * b[i]!);
  },
  addcmul(n, out, a, b, c, s) {
    for (let i = 0; i < n; i++) out[i] = sum(a[i]!, s * b[i]! * c[i]!);
  },
};

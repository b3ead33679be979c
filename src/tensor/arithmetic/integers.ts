/**
 * Integers, which no arithmetic rounds. Of the compound operations an RMSprop step comes to two: its roots are floating-point.
 */
import type { Formulas } from './arithmetic.ts';

/** A sum without a negative zero, which integers do not have (clause INT-1). */
const sum = (x: number, y: number): number => x + y + 0;

/** The formulas for int64, the same in every arithmetic. */
export const integers: Pick<Formulas, 'add' | 'addcmul'> = {
  add: (self, other, alpha) => sum(self, alpha * other),
  addcmul: (self, t1, t2, value) => sum(self, value * t1 * t2),
};

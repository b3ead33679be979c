/** max(v - m * m, 0) in place of v - m * m, against NaN. Against clause RMS-17. */
import type { RMSpropClass } from '../../subject/port.ts';
import { right, withRule } from './rule.ts';

/** RMSprop whose centered variance is never negative. */
export const ClampedVariance: RMSpropClass = withRule({
  variance(update, grad) {
    const variance = right.variance(update, grad);
    const { storage } = variance;
    if (update.grad_avg !== undefined) storage.forEach((x, i) => (storage[i] = x < 0 ? 0 : x));
    return variance;
  },
});

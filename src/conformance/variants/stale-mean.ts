/** The centered variance from the mean before this step's gradient. Against clause RMS-6. */
import type { RMSpropClass } from '../../subject/port.ts';
import { right, withRule } from './rule.ts';

/** RMSprop that subtracts the last step's mean. */
export const StaleMean: RMSpropClass = withRule({
  variance(update, grad) {
    const { ops, hyper, square_avg, grad_avg } = update;
    if (grad_avg === undefined) return right.variance(update, grad);
    ops.mul_(square_avg, hyper.alpha);
    ops.addcmul_(square_avg, grad, grad, 1 - hyper.alpha);
    const variance = ops.addcmul(square_avg, grad_avg, grad_avg, -1);
    ops.lerp_(grad_avg, grad, 1 - hyper.alpha);
    return variance;
  },
});

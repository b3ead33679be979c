/** The centered variance from the mean before this step's gradient. Against clause RMS-6. */
import type { RMSpropClass } from '../../subject/port.ts';
import { right, withRule } from './rule.ts';

/** RMSprop that subtracts the last step's mean. */
export const StaleMean: RMSpropClass = withRule({
  variance(update, grad) {
    const { torch, hyper, square_avg, grad_avg } = update;
    if (grad_avg === undefined) return right.variance(update, grad);
    torch.mul_(square_avg, hyper.alpha);
    torch.addcmul_(square_avg, grad, grad, { value: 1 - hyper.alpha });
    const variance = torch.addcmul(square_avg, grad_avg, grad_avg, { value: -1 });
    torch.lerp_(grad_avg, grad, 1 - hyper.alpha);
    return variance;
  },
});

/** p = p * (1 - lr * weight_decay) before the step, the gradient as it came, as in AdamW. Against clause RMS-4. */
import type { RMSpropClass } from '../../subject/port.ts';
import { withRule } from './rule.ts';

/** RMSprop with decoupled weight decay. */
export const DecoupledWeightDecay: RMSpropClass = withRule({
  gradient({ torch, hyper, lr, param }, grad) {
    if (hyper.weight_decay !== 0) torch.mul_(param, 1 - lr * hyper.weight_decay);
    return hyper.maximize ? torch.neg(grad) : grad;
  },
});

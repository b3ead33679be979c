/** buf = momentum * buf + lr * g / avg, p = p - buf: a changed lr reaches old gradients no more. Against clauses RMS-8 and RMS-9. */
import type { RMSpropClass } from '../../subject/port.ts';
import { right, withRule } from './rule.ts';

/** RMSprop with the learning rate multiplied into the momentum buffer. */
export const LrInsideBuffer: RMSpropClass = withRule({
  apply(update, grad, denominator) {
    const { torch, hyper, lr, param, buf } = update;
    if (buf === undefined) return right.apply(update, grad, denominator);
    torch.addcdiv_(torch.mul_(buf, hyper.momentum), grad, denominator, { value: lr });
    torch.add_(param, buf, { alpha: -1 });
  },
});

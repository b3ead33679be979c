/** sqrt(square_avg + eps) in place of sqrt(square_avg) + eps, as in TensorFlow. Against clause RMS-7. */
import type { RMSpropClass } from '../../subject/port.ts';
import { withRule } from './rule.ts';

/** RMSprop with eps under the root. */
export const EpsInsideRoot: RMSpropClass = withRule({
  denominator: ({ torch, hyper }, variance) => torch.sqrt_(torch.add_(variance, hyper.eps)),
});

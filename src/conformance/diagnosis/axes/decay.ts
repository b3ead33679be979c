/**
 * What is made of a gradient before it counts: its sign, weight decay, clipping.
 */
import { type Axes, axis } from './axis.ts';

/** The axes. */
export const DECAY: Axes<'maximize' | 'weight_decay' | 'clip'> = {
  maximize: axis(
    'maximize',
    [],
    ['RMS-2'],
    ['right', '', { before: (h) => (h.maximize ? -1 : 1), after: () => 1 }],
    ['ignored', 'ignores maximize', { before: () => 1, after: () => 1 }],
    [
      'after-decay',
      'negates after weight decay is added when it maximizes',
      { before: () => 1, after: (h) => (h.maximize ? -1 : 1) },
    ],
    ['ascends', 'goes up where it should go down', { before: (h) => (h.maximize ? 1 : -1), after: () => 1 }],
  ),
  weight_decay: axis(
    'weight_decay',
    ['weight_decay'],
    ['RMS-4'],
    ['coupled', '', { squares: true, quotient: true }],
    [
      'decoupled',
      'decouples weight decay: p (1 - lr weight_decay) before the step',
      { squares: false, quotient: false, before: ({ h, k }) => k.r(1 - h.lr * h.weight_decay) },
    ],
    [
      'decoupled-late',
      'decouples weight decay: p (1 - lr weight_decay) after the step',
      { squares: false, quotient: false, after: ({ h, k }) => k.r(1 - h.lr * h.weight_decay) },
    ],
    [
      'unscaled',
      'decouples weight decay and does not scale it by lr',
      { squares: false, quotient: false, before: ({ h, k }) => k.r(1 - h.weight_decay) },
    ],
    ['ignored', 'ignores weight_decay', { squares: false, quotient: false }],
    ['left-out-of-mean', 'leaves weight decay out of the mean of squares', { squares: false, quotient: true }],
    [
      'after-mean',
      'adds weight decay after the division, to the quotient',
      { squares: false, quotient: false, late: true },
    ],
    ['mean-only', 'adds weight decay to the mean of squares alone', { squares: true, quotient: false }],
    [
      'into-gradient',
      'writes weight decay into the gradient that it is given',
      { squares: true, quotient: true, writes: true },
    ],
  ),
  clip: axis(
    'clip',
    [],
    ['RMS-3'],
    ['none', '', 'none'],
    ['norm-1', "clips each tensor's gradient to the norm 1", { by: 'tensor', at: 1 }],
    ['all-1', 'clips all gradients together to the norm 1', { by: 'all', at: 1 }],
    ['value-1', 'clips the elements of gradients to 1', { by: 'element', at: 1 }],
    ['norm-5', "clips each tensor's gradient to the norm 5", { by: 'tensor', at: 5 }],
    ['value-5', 'clips the elements of gradients to 5', { by: 'element', at: 5 }],
    ['value-1-late', 'clips the elements of gradients to 1 after the mean of squares', { by: 'quotient', at: 1 }],
    ['value-5-late', 'clips the elements of gradients to 5 after the mean of squares', { by: 'quotient', at: 5 }],
  ),
};

/**
 * What is made of a gradient before it counts: its sign, weight decay, clipping.
 */
import { type Axes, axis, type Parts } from './axis.ts';

/** Limits of gradients, by what is measured. */
const limits = (
  template: string,
  by: Exclude<Parts['clip'], 'none'>['by'],
  says: (at: number) => string,
): Parameters<typeof axis<'clip'>>[3] => ({
  ...{ template, range: 'positive', common: [1, 5] },
  ...{ says, part: (at) => ({ by, at }) },
});

/** The axes. */
export const DECAY: Axes<'maximize' | 'weight_decay' | 'clip' | 'zero' | 'scale' | 'limit'> = {
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
      { squares: false, quotient: false, before: ({ h, k }, p) => k.r(p * k.r(1 - h.lr * h.weight_decay)) },
    ],
    [
      'decoupled-late',
      'decouples weight decay: p (1 - lr weight_decay) after the step',
      { squares: false, quotient: false, after: ({ h, k }, p) => k.r(p * k.r(1 - h.lr * h.weight_decay)) },
    ],
    [
      'unscaled',
      'decouples weight decay and does not scale it by lr',
      { squares: false, quotient: false, before: ({ h, k }, p) => k.r(p * k.r(1 - h.weight_decay)) },
    ],
    [
      'unscaled-late',
      'decouples weight decay, after the step, and does not scale it by lr',
      { squares: false, quotient: false, after: ({ h, k }, p) => k.r(p * k.r(1 - h.weight_decay)) },
    ],
    [
      'sign-decoupled',
      'moves parameters towards 0 by lr weight_decay, as a decoupled L1 penalty does',
      { squares: false, quotient: false, before: ({ h, k }, p) => k.r(p - k.r(h.lr * h.weight_decay) * Math.sign(p)) },
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
    ['doubled', 'adds twice the weight decay', { squares: true, quotient: true, term: (p) => 2 * p }],
    ['halved', 'adds half the weight decay', { squares: true, quotient: true, term: (p) => p / 2 }],
    [
      'sign',
      'adds weight_decay with the sign of the parameter, as an L1 penalty does',
      { squares: true, quotient: true, term: Math.sign },
    ],
  ),
  clip: axis(
    'clip',
    [],
    ['RMS-3'],
    ['none', '', 'none'],
    limits('norm-#', 'tensor', (x) => `clips each tensor's gradient to the norm ${x}`),
    limits('all-#', 'all', (x) => `clips all gradients together to the norm ${x}`),
    limits('value-#', 'element', (x) => `clips the elements of gradients to ${x}`),
    limits('value-#-late', 'quotient', (x) => `clips the elements of gradients to ${x} after the mean of squares`),
    limits('value-#-step', 'step', (x) => `clips what it subtracts, before lr, to ${x}`),
  ),
  scale: axis('scale', [], ['RMS-3'], ['one', '', 1], {
    ...{ template: 'by-#', range: 'positive', common: [0.1] },
    ...{ says: (x) => `multiplies gradients by ${x}`, part: (x) => x },
  }),
  limit: axis(
    'limit',
    [],
    ['RMS-3'],
    ['none', '', 'none'],
    {
      ...{ template: 'value-#', range: 'positive', common: [1] },
      ...{ says: (x) => `keeps parameters between -${x} and ${x}`, part: (at) => ({ by: 'element', at }) },
    },
    {
      ...{ template: 'norm-#', range: 'positive', common: [1] },
      ...{ says: (x) => `scales each tensor down to the norm ${x} after a step`, part: (at) => ({ by: 'tensor', at }) },
    },
  ),
  zero: axis(
    'zero',
    [],
    ['RMS-3'],
    ['updated', '', 'updated'],
    ['skipped', 'leaves elements alone whose gradient is 0', 'skipped'],
  ),
};

/**
 * The mean of squares: what it starts at, how it runs, and whether it is corrected.
 */
import { type At, type Axes, axis } from './axis.ts';

const weighted = ({ k }: At, v: number, alpha: number, g: number, weight: number): number =>
  k.addcmul(k.r(v * k.r(alpha)), g, g, k.r(weight));

/** The axes. */
export const SQUARES: Axes<'start' | 'squares' | 'fixed_alpha' | 'used' | 'correction'> = {
  start: axis(
    'start',
    [],
    ['STA-2', 'RMS-5'],
    ['zero', '', () => 0],
    ['one', 'starts the mean of squares at 1', () => 1],
    ['eps', 'starts the mean of squares at eps', ({ k, h }) => k.r(h.eps)],
    ['square', 'starts the mean of squares at the first squared gradient', ({ k }, g) => k.r(g * g)],
    {
      ...{ template: 'at-#', range: 'positive', common: [] },
      ...{ says: (x) => `starts the mean of squares at ${x}`, part: (x) => () => x },
    },
  ),
  squares: axis(
    'squares',
    [],
    ['RMS-5'],
    ['alpha', '', (at, v, g) => weighted(at, v, at.h.alpha, g, 1 - at.h.alpha)],
    ['swapped', 'swaps alpha and 1 - alpha', (at, v, g) => weighted(at, v, 1 - at.h.alpha, g, at.h.alpha)],
    ['summed', 'sums the squares, as Adagrad does', (at, v, g) => at.k.addcmul(v, g, g, 1)],
    ['unweighted', 'leaves 1 - alpha out', (at, v, g) => weighted(at, v, at.h.alpha, g, 1)],
    ['undecayed', 'leaves alpha out', (at, v, g) => at.k.addcmul(v, g, g, at.k.r(1 - at.h.alpha))],
    [
      'float32',
      'takes 1 - alpha from an alpha in float32 (alone it stays within bounds)',
      (at, v, g) => weighted(at, v, Math.fround(at.h.alpha), g, 1 - Math.fround(at.h.alpha)),
    ],
    [
      'eps-in',
      'adds eps into the mean of squares at every step',
      (at, v, g) => at.k.r(weighted(at, v, at.h.alpha, g, 1 - at.h.alpha) + at.k.r(at.h.eps)),
    ],
    [
      'eps-square',
      'adds eps to every squared gradient',
      (at, v, g) =>
        at.k.r(
          at.k.r(v * at.k.r(at.h.alpha)) + at.k.r(at.k.r(1 - at.h.alpha) * at.k.r(at.k.r(g * g) + at.k.r(at.h.eps))),
        ),
    ],
    [
      'magnitude',
      'averages magnitudes in place of squares',
      (at, v, g) => at.k.r(at.k.r(v * at.k.r(at.h.alpha)) + at.k.r(at.k.r(1 - at.h.alpha) * Math.abs(g))),
    ],
    [
      'additive',
      'adds or subtracts 1 - alpha of the square by the sign of what it lacks, as Yogi does',
      (at, v, g) => at.k.addcmul(v, g, g, at.k.r((1 - at.h.alpha) * Math.sign(g * g - v))),
    ],
    [
      'tensor-sum',
      'averages the sum of squares of the whole tensor, one for all its elements',
      (at, v) => weighted(at, v, at.h.alpha, Math.sqrt(at.whole.squares()), 1 - at.h.alpha),
    ],
    [
      'tensor-mean',
      'averages the mean square of the whole tensor, one for all its elements',
      (at, v) => weighted(at, v, at.h.alpha, Math.sqrt(at.whole.squares() / at.whole.elements), 1 - at.h.alpha),
    ],
  ),
  fixed_alpha: axis('fixed_alpha', [], ['RMS-5', 'RMS-6'], ['asked', '', undefined], {
    ...{ template: 'at-#', range: 'share', fixes: 'alpha', common: [0.9, 0.99, 0.999] },
    ...{ says: (x) => `has alpha fixed at ${x} whatever is asked`, part: (x) => x },
  }),
  used: axis(
    'used',
    [],
    ['RMS-5', 'RMS-7'],
    ['present', '', 'present'],
    ['last', "divides by the mean of squares as it was before the step's gradient", 'last'],
    ['largest', 'divides by the largest mean of squares so far, as AMSGrad does', 'largest'],
  ),
  correction: axis(
    'correction',
    [],
    ['RMS-5'],
    ['none', '', () => 1],
    ['bias', 'corrects the means for bias, as Adam does', ({ h, n }) => 1 / (1 - h.alpha ** n)],
  ),
};

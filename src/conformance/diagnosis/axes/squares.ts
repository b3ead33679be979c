/**
 * The mean of squares: what it starts at, how it runs, and whether it is corrected.
 */
import { type At, type Axes, axis } from './axis.ts';

const weighted = ({ k }: At, v: number, alpha: number, g: number, weight: number): number =>
  k.addcmul(k.r(v * k.r(alpha)), g, g, k.r(weight));

/** The axes. */
export const SQUARES: Axes<'start' | 'squares' | 'correction'> = {
  start: axis(
    'start',
    [],
    ['STA-2', 'RMS-5'],
    ['zero', '', () => 0],
    ['one', 'starts the mean of squares at 1', () => 1],
    ['eps', 'starts the mean of squares at eps', ({ k, h }) => k.r(h.eps)],
    ['square', 'starts the mean of squares at the first squared gradient', ({ k }, g) => k.r(g * g)],
  ),
  squares: axis(
    'squares',
    [],
    ['RMS-5'],
    ['alpha', '', (at, v, g) => weighted(at, v, at.h.alpha, g, 1 - at.h.alpha)],
    ['swapped', 'swaps alpha and 1 - alpha', (at, v, g) => weighted(at, v, 1 - at.h.alpha, g, at.h.alpha)],
    ['fixed-0.9', 'has alpha fixed at 0.9 whatever is asked', (at, v, g) => weighted(at, v, 0.9, g, 1 - 0.9)],
    ['fixed-0.99', 'has alpha fixed at 0.99 whatever is asked', (at, v, g) => weighted(at, v, 0.99, g, 1 - 0.99)],
    ['fixed-0.999', 'has alpha fixed at 0.999 whatever is asked', (at, v, g) => weighted(at, v, 0.999, g, 1 - 0.999)],
    ['summed', 'sums the squares, as Adagrad does', (at, v, g) => at.k.addcmul(v, g, g, 1)],
    ['unweighted', 'leaves 1 - alpha out', (at, v, g) => weighted(at, v, at.h.alpha, g, 1)],
    ['undecayed', 'leaves alpha out', (at, v, g) => at.k.addcmul(v, g, g, at.k.r(1 - at.h.alpha))],
    [
      'float32',
      'takes 1 - alpha from an alpha in float32',
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
  ),
  correction: axis(
    'correction',
    [],
    ['RMS-5'],
    ['none', '', () => 1],
    ['bias', 'corrects the means for bias, as Adam does', ({ h, n }) => 1 / (1 - h.alpha ** n)],
  ),
};

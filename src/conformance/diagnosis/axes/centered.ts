/**
 * Centered steps: the mean of gradients, and what is subtracted.
 */
import { type At, type Axes, axis } from './axis.ts';

const meanOf = ({ k }: At, m: number, g: number, weight: number): number => k.lerp(m, g, k.r(weight), weight);

/** The axes. */
export const CENTERED: Axes<'always_centered' | 'centered' | 'first_mean' | 'mean'> = {
  always_centered: axis(
    'always_centered',
    [],
    ['RMS-6'],
    ['asked', '', false],
    ['always', 'is always centered, whatever is asked', true],
  ),
  centered: axis(
    'centered',
    ['centered'],
    ['RMS-6'],
    ['right', '', ({ k }, v, mean) => k.addcmul(v, mean, mean, -1)],
    ['stale', "centers with the last step's mean", ({ k }, v, _, stale) => k.addcmul(v, stale, stale, -1)],
    ['ignored', 'ignores centered', (_, v) => v],
    ['unsquared', 'subtracts the mean, not its square, when centered', ({ k }, v, mean) => k.r(v - mean)],
  ),
  first_mean: axis(
    'first_mean',
    ['centered'],
    ['STA-2', 'RMS-6'],
    ['zero', '', () => 0],
    ['eps', 'starts the mean of gradients at eps', ({ h }) => h.eps],
    ['gradient', 'starts the mean of gradients at the first gradient', (_, g) => g],
    ['one', 'starts the mean of gradients at 1', () => 1],
  ),
  mean: axis(
    'mean',
    ['centered'],
    ['RMS-6'],
    ['alpha', '', (at, m, g) => meanOf(at, m, g, 1 - at.h.alpha)],
    ['swapped', 'swaps alpha and 1 - alpha in the mean of gradients', (at, m, g) => meanOf(at, m, g, at.h.alpha)],
    [
      'float32',
      'takes 1 - alpha of the mean of gradients from an alpha in float32',
      (at, m, g) => meanOf(at, m, g, 1 - Math.fround(at.h.alpha)),
    ],
    [
      'eps',
      'adds eps into the mean of gradients at every step',
      (at, m, g) => at.k.r(meanOf(at, m, g, 1 - at.h.alpha) + at.k.r(at.h.eps)),
    ],
  ),
};

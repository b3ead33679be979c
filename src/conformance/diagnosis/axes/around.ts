/**
 * What is around a step: the learning rate, state, absent gradients, groups, counts.
 */
import { type Axes, axis } from './axis.ts';

/** The axes. */
export const AROUND: Axes<'lr' | 'schedule' | 'state' | 'absent' | 'count' | 'groups'> = {
  lr: axis('lr', [], ['RMS-10'], ['present', '', 'present'], ['first', 'reads lr once, at the beginning', 'first'], {
    ...{ template: 'fixed-#', range: 'positive', fixes: 'lr', common: [0.01, 0.001] },
    ...{ says: (x) => `has lr fixed at ${x} whatever is asked`, part: (x) => x },
  }),
  schedule: axis(
    'schedule',
    [],
    ['RMS-10'],
    ['none', '', undefined],
    ['root', 'divides lr by the root of the number of steps', (n) => 1 / Math.sqrt(n)],
    ['number', 'divides lr by the number of steps', (n) => 1 / n],
    {
      ...{ template: 'hyperbolic-#', range: 'positive', common: [] },
      says: (x) => `divides lr by 1 + ${x} times the number of steps before`,
      part: (x) => (n) => 1 / (1 + x * (n - 1)),
    },
    {
      ...{ template: 'exponential-#', range: 'share', common: [] },
      says: (x) => `multiplies lr by ${x} after every step`,
      part: (x) => (n) => x ** (n - 1),
    },
  ),
  state: axis(
    'state',
    [],
    ['STA-1'],
    ['tensor', '', 'tensor'],
    ['position', 'finds state by the position among the present gradients', 'position'],
    ['shared', 'shares one state among all tensors', 'shared'],
    ['none', 'forgets its state after every step', 'none'],
  ),
  absent: axis(
    'absent',
    ['none-gradients'],
    ['RMS-1'],
    ['skipped', '', 'skipped'],
    ['zero', 'takes an absent gradient for a gradient of zeros', 'zero'],
    ['coasts', 'moves a parameter without a gradient on by its momentum', 'coasts'],
    ['counted', 'counts a step for a parameter without a gradient', 'counted'],
    ['resets', 'forgets the state of a parameter without a gradient', 'resets'],
  ),
  count: axis(
    'count',
    ['bookkeeping'],
    ['RMS-3'],
    ['one', '', 1],
    ['never', 'does not count steps', 0],
    ['doubled', 'counts every step twice', 2],
  ),
  groups: axis(
    'groups',
    ['groups'],
    ['GRP-3', 'RMS-10'],
    ['own', '', 'own'],
    ['ignored', "ignores a group's own options", 'ignored'],
    ['lr-alone', "ignores a group's own options but lr", 'lr'],
    ['first', "takes the first group's options for all groups", 'first'],
  ),
};

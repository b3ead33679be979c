/**
 * Momentum.
 */
import { type Axes, axis, type Parts } from './axis.ts';

const outside: Parts['momentum'] = ({ k, h }, p, buf, g, avg) => {
  if (!(h.momentum > 0)) return [k.addcdiv(p, g, avg, k.r(-h.lr)), buf];
  const b = k.addcdiv(k.r(buf * k.r(h.momentum)), g, avg, 1);
  return [k.add(p, k.state(b), k.r(-h.lr)), b];
};
const inside: Parts['momentum'] = ({ k, h }, p, buf, g, avg) => {
  const b = k.addcdiv(k.r(buf * k.r(h.momentum)), g, avg, k.r(h.lr));
  return [k.r(p - k.state(b)), b];
};
const ignored: Parts['momentum'] = ({ k, h }, p, buf, g, avg) => [k.addcdiv(p, g, avg, k.r(-h.lr)), buf];

/** The axes. */
export const MOMENTUM: Axes<'fixed_momentum' | 'momentum' | 'centered_momentum'> = {
  fixed_momentum: axis('fixed_momentum', [], ['RMS-8', 'RMS-9'], ['asked', '', undefined], {
    ...{ template: 'at-#', range: 'share', fixes: 'momentum', common: [0.9] },
    ...{ says: (x) => `has momentum ${x} whatever is asked`, part: (x) => x },
  }),
  momentum: axis(
    'momentum',
    ['momentum'],
    ['RMS-8', 'RMS-9'],
    ['outside', '', outside],
    ['lr-inside', 'multiplies lr inside the momentum buffer', inside],
    [
      'dampened',
      'dampens momentum: adds 1 - momentum of the quotient to the buffer',
      ({ k, h }, p, buf, g, avg) => {
        const b = k.addcdiv(k.r(buf * k.r(h.momentum)), g, avg, k.r(1 - h.momentum));
        return [k.add(p, k.state(b), k.r(-h.lr)), b];
      },
    ],
    [
      'nesterov',
      "uses Nesterov's momentum",
      ({ k, h }, p, buf, g, avg) => {
        const d = k.r(g / avg);
        const b = k.add(d, buf, k.r(h.momentum));
        return [k.add(p, k.add(d, k.state(b), k.r(h.momentum)), k.r(-h.lr)), b];
      },
    ],
    [
      'nesterov-lr-inside',
      "uses Nesterov's momentum with lr inside the buffer",
      ({ k, h }, p, buf, g, avg) => {
        const d = k.r(k.r(k.r(h.lr) * g) / avg);
        const b = k.add(d, buf, k.r(h.momentum));
        return [k.r(p - k.add(d, k.state(b), k.r(h.momentum))), b];
      },
    ],
    [
      'squared',
      "decays the buffer by the square of momentum and adds 1 + momentum of the quotient, lr inside (Nesterov's, in one buffer)",
      ({ k, h }, p, buf, g, avg) => {
        const b = k.addcdiv(k.r(buf * k.r(h.momentum ** 2)), g, avg, k.r(h.lr * (1 + h.momentum)));
        return [k.r(p - k.state(b)), b];
      },
    ],
    ['ignored', 'ignores momentum', ignored],
    [
      'of-gradients',
      'puts gradients into the momentum buffer before they are divided',
      ({ k, h }, p, buf, g, avg) => {
        const b = k.add(g, buf, k.r(h.momentum));
        return [k.addcdiv(p, k.state(b), avg, k.r(-h.lr)), b];
      },
    ],
    [
      'dampened-lr-inside',
      'dampens momentum, with lr inside the buffer',
      ({ k, h }, p, buf, g, avg) => {
        const b = k.addcdiv(k.r(buf * k.r(h.momentum)), g, avg, k.r(h.lr * (1 - h.momentum)));
        return [k.r(p - k.state(b)), b];
      },
    ],
  ),
  centered_momentum: axis(
    'centered_momentum',
    ['momentum', 'centered'],
    ['RMS-8', 'RMS-9'],
    ['as-plain', '', undefined],
    ['outside', "has PyTorch's momentum when centered", outside],
    ['lr-inside', 'multiplies lr inside the momentum buffer when centered', inside],
    ['ignored', 'ignores momentum when centered', ignored],
  ),
};

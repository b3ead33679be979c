/**
 * What can be wrong with an RMSprop, as a table: axes, and on each the right value and the wrong ones. A value is a row: its name,
 * what it says, and its part of a step. The clauses are those that an axis is against.
 */
import type { Need } from '../../scenario/needs.ts';
import type { Ops } from './kinds.ts';

/** Hyper-parameters of a group, as numbers. */
export interface Hyper {
  readonly lr: number;
  readonly alpha: number;
  readonly eps: number;
  readonly weight_decay: number;
  readonly momentum: number;
  readonly centered: boolean;
  readonly maximize: boolean;
}

/** Where a step is: the operations, the hyper-parameters, and which step of this element it is, from 1. */
export interface At {
  readonly k: Ops;
  readonly h: Hyper;
  readonly n: number;
}

/** The parts of a step; each axis has one. */
export interface Parts {
  /** What the mean of squares starts at, g being the first gradient. */
  readonly start: (at: At, g: number) => number;
  /** The new mean of squares. */
  readonly squares: (at: At, v: number, g: number) => number;
  /** What a mean is multiplied by before it is used. */
  readonly correction: (at: At) => number;
  /** What the gradient is divided by. */
  readonly eps: (at: At, variance: number) => number;
  /** The same of a centered step; undefined where it is as in any other. */
  readonly centered_eps: ((at: At, variance: number) => number) | undefined;
  /** Whether and how the mean of gradients counts; `mean` is the new one, `stale` the one before. */
  readonly centered: (at: At, v: number, mean: number, stale: number) => number;
  /** What the mean of gradients starts at. */
  readonly first_mean: (at: At, g: number) => number;
  /** The new mean of gradients. */
  readonly mean: (at: At, m: number, g: number) => number;
  /** Writes buffer and parameter; `d` is the quotient of `g` and `avg`. */
  readonly momentum: (at: At, p: number, buf: number, g: number, avg: number) => readonly [p: number, buf: number];
  /** What weight decay does. */
  readonly weight_decay: {
    /** Added to the gradient of a step, for the squares and for the quotient. */
    readonly squares: boolean;
    readonly quotient: boolean;
    /** What the parameter is multiplied by before, and after, a step. */
    readonly before?: (at: At) => number;
    readonly after?: (at: At) => number;
    /** Added to the quotient. */
    readonly late?: true;
    /** The array of the gradient is written into. */
    readonly writes?: true;
  };
  /** The sign of the gradient before and after decay is added. */
  readonly maximize: { readonly before: (h: Hyper) => number; readonly after: (h: Hyper) => number };
  /** What stands for lr; undefined where it is the present one. */
  readonly lr: 'present' | 'first' | number;
  /** Clips the gradients of a step. */
  readonly clip: 'none' | { readonly by: 'tensor' | 'all' | 'element'; readonly at: number };
  /** Where a tensor finds its state. */
  readonly state: 'tensor' | 'position' | 'shared' | 'none';
  /** What is done about a gradient that is None. */
  readonly absent: 'skipped' | 'zero' | 'coasts';
  /** Whether a group's own options count. */
  readonly groups: 'own' | 'ignored';
  /** Defaults, by option. */
  readonly default_lr: number;
  readonly default_alpha: number;
  readonly default_eps: number;
  readonly default_momentum: number;
  readonly default_weight_decay: number;
  readonly default_centered: boolean;
  readonly default_maximize: boolean;
}

/** The name of an axis. */
export type AxisName = keyof Parts;

/** A value of an axis. */
export interface Value<N extends AxisName = AxisName> {
  readonly name: string;
  /** What the port does, after "the port"; empty for the right value. */
  readonly says: string;
  readonly part: Parts[N];
}

/** An axis; its first value is the right one. */
export interface Axis<N extends AxisName = AxisName> {
  readonly name: N;
  /** What a port must claim for its values to differ. */
  readonly needs: readonly Need[];
  readonly clauses: readonly string[];
  readonly values: readonly Value<N>[];
}

type Row<N extends AxisName> = readonly [name: string, says: string, part: Parts[N]];

function axis<N extends AxisName>(
  name: N,
  needs: readonly Need[],
  clauses: readonly string[],
  ...rows: readonly Row<N>[]
): Axis<N> {
  return { name, needs, clauses, values: rows.map(([value, says, part]) => ({ name: value, says, part })) };
}

const plus = ({ k, h }: At, root: number): number => k.r(root + k.r(h.eps));
const root = ({ k }: At, x: number): number => k.r(Math.sqrt(x));
const inside = (at: At, v: number): number => root(at, at.k.r(v + at.k.r(at.h.eps)));
const fixed =
  (eps: number, where: (at: At, v: number) => number) =>
  (at: At, v: number): number =>
    where({ ...at, h: { ...at.h, eps } }, v);
const outside = (at: At, v: number): number => plus(at, root(at, v));
const weighted = ({ k }: At, v: number, alpha: number, g: number, weight: number): number =>
  k.addcmul(k.r(v * k.r(alpha)), g, g, k.r(weight));
const meanOf = ({ k }: At, m: number, g: number, weight: number): number => k.lerp(m, g, k.r(weight));
const defaultRows = <T extends number | boolean>(
  option: string,
  right: T,
  ...wrong: readonly T[]
): readonly (readonly [string, string, T])[] => [
  [String(right), '', right],
  ...wrong.map((x) => [String(x), `has ${x} as its default of ${option} (PyTorch: ${right})`, x] as const),
];

/** Every axis. */
export const AXES: { readonly [N in AxisName]: Axis<N> } = {
  eps: axis(
    'eps',
    [],
    ['RMS-7'],
    ['outside', '', outside],
    ['inside', 'computes eps inside the root', inside],
    ['max', 'takes the larger of root and eps', (at, v) => Math.max(root(at, v), at.k.r(at.h.eps))],
    ['max-inside', 'takes the root of the larger of mean and eps', (at, v) => root(at, Math.max(v, at.k.r(at.h.eps)))],
    ['missing', 'leaves eps out', root],
    ['both', 'adds eps inside the root and to the root', (at, v) => plus(at, inside(at, v))],
    ['squared', 'adds the square of eps inside the root', (at, v) => root(at, at.k.r(v + at.k.r(at.h.eps * at.h.eps)))],
    ['fixed-1e-8', 'has eps fixed at 1e-8 whatever is asked', fixed(1e-8, outside)],
    ['fixed-1e-7', 'has eps fixed at 1e-7 whatever is asked', fixed(1e-7, outside)],
    ['fixed-1e-8-inside', 'has eps fixed at 1e-8, inside the root, whatever is asked', fixed(1e-8, inside)],
    ['fixed-1e-7-inside', 'has eps fixed at 1e-7, inside the root, whatever is asked', fixed(1e-7, inside)],
    ['no-root', 'divides by the mean of squares without its root', plus],
  ),
  centered_eps: axis(
    'centered_eps',
    ['centered'],
    ['RMS-7', 'RMS-17'],
    ['as-plain', '', undefined],
    ['inside', 'computes eps inside the root when centered', inside],
    ['outside', 'computes eps outside the root when centered', outside],
    ['subtracted', 'subtracts eps inside the root when centered', (at, v) => root(at, at.k.r(v - at.k.r(at.h.eps)))],
    ['clamped', 'clamps the centered variance at 0', (at, v) => outside(at, v < 0 ? 0 : v)],
    [
      'clamped-inside',
      'clamps the centered variance at 0 and computes eps inside the root when centered',
      (at, v) => inside(at, v < 0 ? 0 : v),
    ],
    ['absolute', 'takes the absolute value of the centered variance', (at, v) => outside(at, Math.abs(v))],
    ['missing', 'leaves eps out when centered', root],
  ),
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
  ),
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
  momentum: axis(
    'momentum',
    ['momentum'],
    ['RMS-8', 'RMS-9'],
    [
      'outside',
      '',
      ({ k, h }, p, buf, g, avg) => {
        if (!(h.momentum > 0)) return [k.addcdiv(p, g, avg, k.r(-h.lr)), buf];
        const b = k.addcdiv(k.r(buf * k.r(h.momentum)), g, avg, 1);
        return [k.add(p, k.state(b), k.r(-h.lr)), b];
      },
    ],
    [
      'lr-inside',
      'multiplies lr inside the momentum buffer',
      ({ k, h }, p, buf, g, avg) => {
        const b = k.addcdiv(k.r(buf * k.r(h.momentum)), g, avg, k.r(h.lr));
        return [k.r(p - k.state(b)), b];
      },
    ],
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
    ['ignored', 'ignores momentum', ({ k, h }, p, buf, g, avg) => [k.addcdiv(p, g, avg, k.r(-h.lr)), buf]],
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
  lr: axis(
    'lr',
    [],
    ['RMS-10'],
    ['present', '', 'present'],
    ['first', 'reads lr once, at the beginning', 'first'],
    ['fixed-0.01', 'has lr fixed at 0.01 whatever is asked', 0.01],
    ['fixed-0.001', 'has lr fixed at 0.001 whatever is asked', 0.001],
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
  ),
  groups: axis(
    'groups',
    ['groups'],
    ['GRP-3', 'RMS-10'],
    ['own', '', 'own'],
    ['ignored', "ignores a group's own options", 'ignored'],
  ),
  default_lr: axis('default_lr', [], ['OPT-1'], ...defaultRows('lr', 0.01, 0.001, 0.1, 0.0001, 0.05, 0.005, 1)),
  default_alpha: axis('default_alpha', [], ['OPT-1'], ...defaultRows('alpha', 0.99, 0.9, 0.95, 0.999, 0.5)),
  default_eps: axis('default_eps', [], ['OPT-1'], ...defaultRows('eps', 1e-8, 1e-7, 1e-6, 1e-10, 1e-5, 1e-3, 1e-12, 0)),
  default_momentum: axis('default_momentum', ['momentum'], ['OPT-1'], ...defaultRows('momentum', 0, 0.9, 0.5)),
  default_weight_decay: axis(
    'default_weight_decay',
    ['weight_decay'],
    ['OPT-1'],
    ...defaultRows('weight_decay', 0, 0.01, 1e-4),
  ),
  default_centered: axis(
    'default_centered',
    ['centered'],
    ['OPT-1'],
    ...defaultRows('centered', false as boolean, true),
  ),
  default_maximize: axis(
    'default_maximize',
    ['maximize'],
    ['OPT-1'],
    ...defaultRows('maximize', false as boolean, true),
  ),
};

/** The names of all axes. */
export const AXIS_NAMES = Object.keys(AXES) as AxisName[];

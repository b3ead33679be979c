/**
 * Where eps is, in any step and in centered ones.
 */
import { type At, type Axes, axis } from './axis.ts';

const plus = ({ k, h }: At, root: number): number => k.r(root + k.r(h.eps));
const root = ({ k }: At, x: number): number => k.r(Math.sqrt(x));
const inside = (at: At, v: number): number => root(at, at.k.r(v + at.k.r(at.h.eps)));
const larger = (at: At, v: number): number => Math.max(root(at, v), at.k.r(at.h.eps));
const fixed =
  (eps: number, where: (at: At, v: number) => number) =>
  (at: At, v: number): number =>
    where({ ...at, h: { ...at.h, eps } }, v);
const outside = (at: At, v: number): number => plus(at, root(at, v));

/** The axes. */
export const EPS: Axes<'eps' | 'centered_eps' | 'momentum_eps'> = {
  eps: axis(
    'eps',
    [],
    ['RMS-7'],
    ['outside', '', outside],
    ['inside', 'computes eps inside the root', inside],
    ['max', 'takes the larger of root and eps', larger],
    ['max-inside', 'takes the root of the larger of mean and eps', (at, v) => root(at, Math.max(v, at.k.r(at.h.eps)))],
    ['missing', 'leaves eps out', root],
    ['both', 'adds eps inside the root and to the root', (at, v) => plus(at, inside(at, v))],
    ['squared', 'adds the square of eps inside the root', (at, v) => root(at, at.k.r(v + at.k.r(at.h.eps * at.h.eps)))],
    {
      ...{ template: 'fixed-#', range: 'positive', fixes: 'eps', common: [1e-8, 1e-7] },
      ...{ says: (x) => `has eps fixed at ${x} whatever is asked`, part: (x) => fixed(x, outside) },
    },
    {
      ...{ template: 'fixed-#-inside', range: 'positive', fixes: 'eps', common: [1e-8, 1e-7] },
      ...{ says: (x) => `has eps fixed at ${x}, inside the root, whatever is asked`, part: (x) => fixed(x, inside) },
    },
    {
      ...{ template: 'fixed-#-max', range: 'positive', fixes: 'eps', common: [] },
      says: (x) => `takes the larger of root and ${x}, whatever eps is asked`,
      part: (x) => fixed(x, larger),
    },
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
    [
      'floor',
      'takes the root of the larger of variance and eps when centered',
      (at, v) => root(at, Math.max(v, at.k.r(at.h.eps))),
    ],
    ['missing', 'leaves eps out when centered', root],
  ),
  momentum_eps: axis(
    'momentum_eps',
    ['momentum'],
    ['RMS-7'],
    ['as-plain', '', undefined],
    ['inside', 'computes eps inside the root with momentum', inside],
    ['outside', 'computes eps outside the root with momentum', outside],
  ),
};

/**
 * Small programs whose answers differ by orders of magnitude between the values of an axis. Everything that a probe is not about is
 * given explicitly.
 */
import { type FixableOption, type FixedOptions, withFixed } from '../../scenario/fixed.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Gradients, Op, Scenario, TensorSpec, Value } from '../../scenario/types.ts';
import { toBits } from '../../tensor/bits.ts';
import type { OpmathDType } from '../../tensor/dtype.ts';
import type { AxisName } from './axes/axis.ts';

/** What a probe tells apart, and what it takes to run it. */
interface Row {
  readonly name: string;
  readonly needs: readonly Need[];
  /** Axes that it helps to decide. */
  readonly of: Stage;
  /** Options in place of those that are given to every probe; null leaves one out. */
  readonly options?: Readonly<Record<string, Value>>;
  /** Elements of `w`; zero, so that an update is seen in full, when left out. */
  readonly w?: readonly number[];
  /** Gradients of `w`, step by step; null is None, undefined leaves the present one. */
  readonly steps: readonly (readonly number[] | null | undefined)[];
  /** Gradients of a second tensor `b`, if there is one. */
  readonly beside?: readonly (readonly number[] | null)[];
  /** Sets lr after the first step. */
  readonly lr?: number;
  /** Options of groups of their own, for `w` and for `b`. */
  readonly groups?: readonly [Readonly<Record<string, Value>>, Readonly<Record<string, Value>>];
}

/** The stages of the search; each has axes of its own and builds upon those before. */
export type Stage =
  'plain' | 'lr' | 'decay' | 'centered' | 'momentum' | 'both' | 'state' | 'groups' | 'defaults' | 'sanity';

/** A probe, and the options that it leaves out. */
export interface Probe {
  readonly name: string;
  readonly of: Stage;
  readonly needs: readonly Need[];
  readonly scenario: Scenario;
}

/** Axes by stage, in the order of the search. */
export const STAGES: Readonly<Record<Stage, readonly AxisName[]>> = {
  plain: ['start', 'squares', 'fixed_alpha', 'correction', 'eps'],
  lr: ['lr'],
  decay: ['weight_decay', 'maximize'],
  centered: ['centered', 'centered_eps', 'first_mean', 'mean'],
  momentum: ['momentum', 'momentum_eps'],
  both: ['centered_momentum'],
  state: ['state', 'absent', 'count'],
  groups: ['groups'],
  defaults: [],
  sanity: [],
};

const GIVEN: Readonly<Record<string, Value>> = {
  ...{ lr: 0.5, alpha: 0.75, eps: 0.0625, momentum: 0, centered: false, weight_decay: 0, maximize: false },
};
const MIXED = [
  [0.5, 1e-3, 1e-6, -2, 0.25, 0],
  [0.25, 2e-3, -3e-6, 0, -0.75, 1],
  [-1, 1e-3, 5e-6, 0.5, 0.125, 0.5],
];
const TINY = [
  [1e-10, 1e-9, 1e-7, 1e-5, 8, 3],
  [2e-10, -1e-9, 1e-7, 1e-5, -2, 1],
];
const AFTER_ZEROS = [
  [0, 0, 0, 0, 0, 0],
  [1, -0.5, 1e-3, 20, 4, -0.25],
  [0.5, 0.5, 1e-3, 1, 1, 1],
];
const PLACED = [1, -2, 0.5, 3, -0.25, 0.125];
const WIDE = [
  [0.5, -2e-3, 1e-8, -3e-9, 1e-5, 1],
  [-0.25, 1e-3, 2e-8, 1e-9, 1e-5, 1],
  [1, 4e-3, -1e-8, -2e-9, 0, 1],
];

/** Gradients of a tensor beside one whose gradients are absent. */
const BESIDE = [
  [8, 1, 4, 2, 16, 8],
  [4, -1, 2, 2, 4, 1],
  [2, 3, 1, 1, 1, 1],
];
/** Of a small tensor beside another. */
const SMALL = [
  [8, 1],
  [4, -1],
  [2, 3],
];

/** Every probe. */
const ROWS: readonly Row[] = [
  // One step, at which most rules that are not the port's can be told.
  {
    name: 'alpha near 1',
    needs: [],
    of: 'plain',
    options: { alpha: 0.999999, eps: 1e-3 },
    steps: [[30, -20, 10, 5, 2, 1]],
  },
  { name: 'mixed', needs: [], of: 'plain', steps: MIXED },
  { name: 'another lr', needs: [], of: 'sanity', options: { lr: 0.25 }, steps: MIXED },
  { name: 'another alpha', needs: [], of: 'sanity', options: { alpha: 0.5 }, steps: MIXED },
  { name: 'another eps', needs: [], of: 'sanity', options: { eps: 0.5 }, steps: MIXED },
  { name: 'placed', needs: ['weight_decay'], of: 'sanity', w: PLACED, steps: MIXED },
  { name: 'far below eps', needs: [], of: 'plain', options: { alpha: 0.9, eps: 1e-8, lr: 0.015625 }, steps: TINY },
  { name: 'below a common eps', needs: [], of: 'plain', options: { alpha: 0.9375, eps: 1e-5, lr: 0.25 }, steps: TINY },
  { name: 'after zeros', needs: [], of: 'plain', options: { alpha: 0.5, eps: 0.25 }, steps: AFTER_ZEROS },
  {
    name: 'large',
    needs: [],
    of: 'plain',
    steps: [
      [30, -300, 3e3, -2e4, 1e5, 0.5],
      [-100, 100, 2e3, 1e4, -3e5, 0.25],
    ],
  },
  { name: 'many steps', needs: [], of: 'plain', options: { alpha: 0.5, eps: 1e-3 }, steps: [...MIXED, ...AFTER_ZEROS] },
  { name: 'lr that changes', needs: ['lr-change'], of: 'lr', lr: 0.03125, steps: MIXED },
  { name: 'decay', needs: ['weight_decay'], of: 'decay', options: { weight_decay: 0.25 }, w: PLACED, steps: MIXED },
  {
    name: 'decay, lr 2',
    needs: ['weight_decay'],
    of: 'decay',
    options: { weight_decay: 0.125, lr: 2 },
    w: PLACED,
    steps: MIXED,
  },
  {
    name: 'decay of a kept gradient',
    needs: ['weight_decay'],
    of: 'decay',
    options: { weight_decay: 0.5, lr: 0.125 },
    w: PLACED,
    steps: [MIXED[0], undefined, undefined],
  },
  { name: 'maximize', needs: ['maximize'], of: 'decay', options: { maximize: true }, steps: MIXED },
  {
    name: 'decay, maximize',
    needs: ['weight_decay', 'maximize'],
    of: 'decay',
    options: { weight_decay: 0.25, maximize: true },
    w: PLACED,
    steps: MIXED,
  },
  { name: 'centered', needs: ['centered'], of: 'centered', options: { centered: true }, steps: MIXED },
  {
    name: 'centered, small eps',
    needs: ['centered'],
    of: 'centered',
    options: { centered: true, alpha: 0.875, eps: 1e-6 },
    steps: AFTER_ZEROS,
  },
  {
    name: 'centered, no variance',
    needs: ['centered'],
    of: 'centered',
    options: { centered: true, alpha: 0 },
    steps: [MIXED[0]],
  },
  {
    name: 'centered, negative variance',
    needs: ['centered'],
    of: 'centered',
    options: { centered: true, alpha: 1.5 },
    steps: [MIXED[0]],
  },
  {
    name: 'centered, alpha near 1',
    needs: ['centered'],
    of: 'centered',
    options: { centered: true, alpha: 0.999999, eps: 1e-3 },
    steps: [[30, -20, 10, 5, 2, 1]],
  },
  { name: 'momentum', needs: ['momentum'], of: 'momentum', options: { momentum: 0.75 }, steps: MIXED },
  {
    name: 'momentum, lr that changes',
    needs: ['momentum', 'lr-change'],
    of: 'momentum',
    options: { momentum: 0.5 },
    lr: 0.03125,
    steps: MIXED,
  },
  {
    name: 'momentum, decay',
    needs: ['momentum', 'weight_decay'],
    of: 'momentum',
    options: { momentum: 0.5, weight_decay: 0.25 },
    w: PLACED,
    steps: MIXED,
  },
  {
    name: 'momentum, centered',
    needs: ['momentum', 'centered'],
    of: 'both',
    options: { momentum: 0.5, centered: true },
    steps: MIXED,
  },
  {
    name: 'momentum, centered, lr that changes',
    needs: ['momentum', 'centered', 'lr-change'],
    of: 'both',
    options: { momentum: 0.5, centered: true },
    lr: 0.03125,
    steps: MIXED,
  },
  {
    name: 'two tensors',
    needs: [],
    of: 'state',
    steps: MIXED,
    beside: SMALL,
  },
  {
    name: 'absent once',
    needs: ['none-gradients'],
    of: 'state',
    steps: [MIXED[0]!, null, MIXED[1]!],
    beside: BESIDE,
  },
  {
    name: 'absent at first',
    needs: ['none-gradients'],
    of: 'state',
    steps: [null, MIXED[0]!, MIXED[1]!],
    beside: BESIDE,
  },
  {
    name: 'absent, momentum',
    needs: ['none-gradients', 'momentum'],
    of: 'state',
    options: { momentum: 0.5 },
    steps: [MIXED[0]!, null, MIXED[1]!],
    beside: BESIDE,
  },
  {
    name: 'absent, decay',
    needs: ['none-gradients', 'weight_decay'],
    of: 'state',
    options: { weight_decay: 0.5 },
    w: PLACED,
    steps: [MIXED[0]!, null, MIXED[1]!],
    beside: BESIDE,
  },
  {
    name: 'groups',
    needs: ['groups'],
    of: 'groups',
    groups: [
      { lr: 0.25, eps: 0.5 },
      { lr: 0.03125, alpha: 0.5 },
    ],
    steps: MIXED,
    beside: SMALL,
  },
  ...(['lr', 'alpha', 'eps'] as const).map((option): Row => ({
    name: `default ${option}`,
    needs: [],
    of: 'defaults',
    options: { [option]: null },
    steps: WIDE,
  })),
  ...(['momentum', 'weight_decay', 'centered', 'maximize'] as const).map((option): Row => ({
    name: `default ${option}`,
    needs: [option],
    of: 'defaults',
    options: { [option]: null },
    w: PLACED,
    steps: MIXED,
  })),
  {
    // A mean that forgets where it started shows the smallest eps.
    name: 'default eps, alpha 0',
    needs: [],
    of: 'defaults',
    options: { eps: null, alpha: 0 },
    steps: WIDE,
  },
  {
    // Where one mean is for all elements, a small eps shows if no element is large.
    name: 'default eps, one element',
    needs: [],
    of: 'defaults',
    options: { eps: null, alpha: 0 },
    steps: [[1e-10], [2e-10], [-1e-10]],
  },
  {
    name: 'default momentum, centered',
    needs: ['momentum', 'centered'],
    of: 'defaults',
    options: { momentum: null, centered: true },
    w: PLACED,
    steps: MIXED,
  },
];

/**
 * The probes that claims allow, over tensors of one element type; none that is about an option that is fixed.
 *
 * @param path options that are given to every probe and change no rule
 */
export function probesFor(
  claims: ReadonlySet<Need>,
  fixed: FixedOptions = new Map(),
  path: Readonly<Record<string, Value>> = {},
): readonly Probe[] {
  const dtype = claims.has('float32') ? 'float32' : 'float64';
  // A probe that gives an option the value that it is fixed at is as good as any.
  const free = ({ options = {}, lr, groups }: Row): boolean =>
    [
      ...Object.entries(options),
      ...(lr === undefined ? [] : [['lr', lr] as const]),
      ...(groups ?? []).flatMap((own) => Object.entries(own)),
    ].every(([option, value]) => {
      const at = fixed.get(option as FixableOption);
      return at === undefined || at === value;
    });
  return ROWS.filter((row) => row.needs.every((need) => claims.has(need)) && free(row)).map((row) => ({
    name: row.name,
    of: row.of,
    needs: row.needs,
    scenario: withFixed(
      scenarioOf({ ...row, options: { ...row.options, ...path } }, dtype, claims.has('state')),
      fixed,
    ),
  }));
}

/** Whether a probe leaves an option out. */
export function isOfDefault({ of, name }: Probe, option: string): boolean {
  return of === 'defaults' && name.split(',')[0] === `default ${option}`;
}

function scenarioOf(
  { name, options = {}, w, steps, beside, lr, groups }: Row,
  dtype: OpmathDType,
  state: boolean,
): Scenario {
  const bits = (numbers: readonly number[]): string =>
    toBits(dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers));
  const tensor = (numbers: readonly number[]): TensorSpec => ({
    dtype,
    shape: [numbers.length],
    bits: bits(numbers),
    parameter: true,
  });
  const second = beside?.find((numbers) => numbers !== null);
  const all = Object.entries({ ...GIVEN, ...options }).filter(([, value]) => value !== null);
  const params: Value = groups
    ? groups.map((own, i) => ({ $dict: [['params', [i === 0 ? '$w' : '$b']], ...Object.entries(own)] }))
    : ['$w', ...(second ? ['$b'] : [])];
  const gradients = steps.map((numbers, i): Gradients => ({
    ...(numbers === undefined ? {} : { w: numbers && bits(numbers) }),
    ...(beside ? { b: beside[i]! && bits(beside[i]!) } : {}),
  }));
  const names = ['w', ...(second ? ['b'] : [])];
  const ops: Op[] = steps.flatMap((_, i): Op[] => [
    ...(lr !== undefined && i === 1 ? [{ op: 'set', group: 0, option: 'lr', value: lr } as const] : []),
    { op: 'train', gradients: 'g', steps: 1, ...(i === 0 ? {} : { after: i }) },
    ...(steps[i] === undefined ? [{ op: 'read', tensors: names } as const] : []),
  ]);
  return {
    id: `probe/${name.replaceAll(/\W+/g, '-')}`,
    tensors: {
      w: tensor(w ?? steps.find(Array.isArray)!.map(() => 0)),
      ...(second ? { b: tensor(second.map(() => 0)) } : {}),
    },
    gradients: { g: gradients },
    program: [
      { op: 'optimizer', params, options: Object.fromEntries(all) },
      ...ops,
      ...(state ? [{ op: 'state' } as const] : []),
    ],
  };
}

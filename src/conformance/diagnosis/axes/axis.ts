/**
 * An axis on which an RMSprop can be wrong: the right value and the wrong ones. A value is a row: its name, what it says, and its part
 * of a step. The clauses are those that an axis is against.
 */
import type { Need } from '../../../scenario/needs.ts';
import type { Ops } from '../kinds.ts';

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

/** Where a step is. */
export interface At {
  /** The operations. */
  readonly k: Ops;
  readonly h: Hyper;
  /** Which step of this state it is, from 1. */
  readonly n: number;
  /** The sum of the squares of the tensor's gradient, and how many elements it has. */
  readonly whole: { readonly squares: () => number; readonly elements: number };
}

/** The parts of a step; each axis has one. */
export interface Parts {
  /** What the mean of squares starts at, g being the first gradient. */
  readonly start: (at: At, g: number) => number;
  /** The new mean of squares. */
  readonly squares: (at: At, v: number, g: number) => number;
  /** Which mean of squares is used: the present one, that of the step before, or the largest so far. */
  readonly used: 'present' | 'last' | 'largest';
  /** Whether elements are left alone whose gradient is 0. */
  readonly zero: 'updated' | 'skipped';
  /** What a mean is multiplied by before it is used. */
  readonly correction: (at: At) => number;
  /** What gradients are multiplied by as they come. */
  readonly scale: number;
  /** Whether steps are centered that are not asked to be. */
  readonly always_centered: boolean;
  /** What stands for alpha; undefined where it is the one that is asked for. */
  readonly fixed_alpha: number | undefined;
  /** What stands for momentum; undefined where it is the one that is asked for. */
  readonly fixed_momentum: number | undefined;
  /** What lr is multiplied by in the n-th step. */
  readonly schedule: ((n: number) => number) | undefined;
  /** What parameters are kept within after a step. */
  readonly limit: 'none' | { readonly by: 'element' | 'tensor'; readonly at: number };
  /** What the gradient is divided by. */
  readonly eps: (at: At, variance: number) => number;
  /** The same of a centered step; undefined where it is as in any other. */
  readonly centered_eps: ((at: At, variance: number) => number) | undefined;
  /** The same of a step with momentum. */
  readonly momentum_eps: ((at: At, variance: number) => number) | undefined;
  /** Whether and how the mean of gradients counts; `mean` is the new one, `stale` the one before. */
  readonly centered: (at: At, v: number, mean: number, stale: number) => number;
  /** What the mean of gradients starts at. */
  readonly first_mean: (at: At, g: number) => number;
  /** The new mean of gradients. */
  readonly mean: (at: At, m: number, g: number) => number;
  /** Writes buffer and parameter; `d` is the quotient of `g` and `avg`. */
  readonly momentum: (at: At, p: number, buf: number, g: number, avg: number) => readonly [p: number, buf: number];
  /** The same of a centered step; undefined where it is as in any other. */
  readonly centered_momentum: Parts['momentum'] | undefined;
  /** What weight decay does. */
  readonly weight_decay: {
    /** What is multiplied by weight_decay, of a parameter; itself when left out. */
    readonly term?: (p: number) => number;
    /** Added to the gradient of a step, for the squares and for the quotient. */
    readonly squares: boolean;
    readonly quotient: boolean;
    /** What becomes of the parameter before, and after, a step. */
    readonly before?: (at: At, p: number) => number;
    readonly after?: (at: At, p: number) => number;
    /** Added to the quotient. */
    readonly late?: true;
    /** The array of the gradient is written into. */
    readonly writes?: true;
  };
  /** The sign of the gradient before and after decay is added. */
  readonly maximize: { readonly before: (h: Hyper) => number; readonly after: (h: Hyper) => number };
  /** What stands for lr; undefined where it is the present one. */
  readonly lr: 'present' | 'first' | number;
  /** Clips the gradients of a step; by quotient their elements where they are divided, not where they are squared; by step quotients. */
  readonly clip: 'none' | { readonly by: 'tensor' | 'all' | 'element' | 'quotient' | 'step'; readonly at: number };
  /** Where a tensor finds its state. */
  readonly state: 'tensor' | 'position' | 'shared' | 'none';
  /** What is done about a gradient that is None. */
  readonly absent: 'skipped' | 'zero' | 'coasts' | 'counted' | 'resets';
  /** By how much a step is counted in the state. */
  readonly count: number;
  /** Which options of a group count beside the optimizer's: its own, none, its lr alone, or those of the first group. */
  readonly groups: 'own' | 'ignored' | 'lr' | 'first';
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

/** Values that are told apart by a number; one that is not in the table is read off what a port computed. */
export interface Family<N extends AxisName = AxisName> {
  /** The name of a value, in which # stands for its number. */
  readonly template: string;
  /** Where the number is looked for. */
  readonly range: Range;
  /** The option that the number stands for, whatever is asked: such a value is looked for where the option has no effect. */
  readonly fixes?: Fixes;
  readonly of: (x: number) => Value<N>;
}

/** An option whose number can be fixed whatever is asked. */
export type Fixes = 'lr' | 'alpha' | 'eps' | 'momentum';

/** Numbers from far below to far above what is common, or shares from 0 to 1. */
export type Range = 'positive' | 'share';

/** An axis; its first value is the right one. */
export interface Axis<N extends AxisName = AxisName> {
  readonly name: N;
  /** What a port must claim for its values to differ. */
  readonly needs: readonly Need[];
  readonly clauses: readonly string[];
  /** Values that are tried in combinations. */
  readonly values: readonly Value<N>[];
  readonly families: readonly Family<N>[];
}

/** Axes by their names. */
export type Axes<N extends AxisName> = { readonly [K in N]: Axis<K> };

type Row<N extends AxisName> = readonly [name: string, says: string, part: Parts[N]];

/** A family, and those of its numbers that are tried in combinations. */
interface Numbers<N extends AxisName> extends Omit<Family<N>, 'of'> {
  readonly common: readonly number[];
  readonly says: (x: number) => string;
  readonly part: (x: number) => Parts[N];
}

/** An axis out of its rows, the right one first, and its families. */
export function axis<N extends AxisName>(
  name: N,
  needs: readonly Need[],
  clauses: readonly string[],
  ...rows: readonly (Row<N> | Numbers<N>)[]
): Axis<N> {
  const families: Family<N>[] = [];
  const values = rows.flatMap((row): readonly Value<N>[] => {
    if (!('template' in row)) return [{ name: row[0], says: row[1], part: row[2] }];
    const { common, says, part, ...family } = row;
    const of = (x: number): Value<N> => ({ name: row.template.replace('#', String(x)), says: says(x), part: part(x) });
    families.push({ ...family, of });
    return common.map(of);
  });
  return { name, needs, clauses, values, families };
}

/** The value of an axis by its name; of a family, with any number. */
export function valueOf<N extends AxisName>({ values, families }: Axis<N>, name: string): Value<N> {
  const known = values.find((one) => one.name === name);
  if (known !== undefined) return known;
  for (const { template, of } of families) {
    const [before, after] = template.split('#') as [string, string];
    const number = name.slice(before.length, name.length - after.length);
    const made = of(Number(number));
    if (made.name === name) return made;
  }
  throw new RangeError(`no value ${name} on this axis`);
}

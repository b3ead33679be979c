/**
 * What the groups of area `numerics` share: how options become ids, clauses and needs, and how tensors are written down.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Gradients, Op, TensorSpec, TrainOp, Value } from '../../../src/scenario/types.ts';
import { type FloatingDType, isHalf } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bitsOf } from '../random.ts';

/** Options of RMSprop that area `numerics` varies; what is left out has PyTorch's default. */
export interface Options {
  readonly lr?: Value;
  readonly alpha?: number;
  readonly eps?: number;
  readonly weight_decay?: number;
  readonly momentum?: number;
  readonly centered?: boolean;
  readonly maximize?: boolean;
  readonly foreach?: boolean;
}

/** Everything at once. */
export const STACKED: Options = { momentum: 0.9, centered: true, weight_decay: 0.1 };

/** What a case says beyond its options. */
export interface Extra {
  /** In place of the id that the options give. */
  readonly id?: string;
  /** Beyond those of the options. */
  readonly clauses?: readonly string[];
  /** Beyond those of the options. */
  readonly needs?: readonly Need[];
  readonly catches?: readonly string[];
}

/** A case that makes an optimizer over `params` and goes on with `ops`. */
export function caseOf(
  dtype: FloatingDType,
  params: readonly string[],
  options: Options,
  ops: readonly Op[],
  extra: Extra = {},
): ScenarioCase {
  const { id = slug(options), clauses = [], needs = [], catches = [] } = extra;
  return {
    id,
    clauses: [...new Set([...clausesOf(options), ...(isHalf(dtype) ? ['NUM-9'] : []), ...clauses])],
    needs: [...new Set([...needsOf(dtype, options), ...needs])],
    // Of half types there are no bounds that would tell.
    ...(catches.length && !isHalf(dtype) ? { catches } : {}),
    program: [{ op: 'optimizer', params: params.map((name) => `$${name}`), options: { ...options } }, ...ops],
  };
}

/** A group of area `numerics`, or `dtypes` for a half type; `NAME-DTYPE` is its name. */
export function group(
  dtype: FloatingDType,
  name: string,
  title: string,
  content: Pick<Group, 'tensors' | 'gradients' | 'cases'>,
): Group {
  return {
    area: isHalf(dtype) ? 'dtypes' : 'numerics',
    name: `${name}-${dtype}`,
    title: `${title}, ${dtype}`,
    ...content,
  };
}

/** Trains through a gradient sequence, or some steps of it. */
export function train(gradients: string, steps: number, rest: Pick<TrainOp, 'after' | 'params_at'> = {}): Op {
  return { op: 'train', gradients, steps, ...rest };
}

/** Observes the state. */
export const STATE: Op = { op: 'state' };

/** Sets an option of the one group. */
export function set(option: string, value: Value): Op {
  return { op: 'set', group: 0, option, value };
}

/** A parameter of a shape, its elements in C order. */
export function parameter(dtype: FloatingDType, shape: readonly number[], numbers: readonly number[]): TensorSpec {
  return { dtype, shape, bits: bitsOf(dtype, numbers), parameter: true };
}

/** A gradient sequence: for each step, numbers (or None) by tensor. */
export function sequence(
  dtype: FloatingDType,
  steps: number,
  gradient: (step: number) => Readonly<Record<string, readonly number[] | null>>,
): Gradients[] {
  return Array.from({ length: steps }, (_, i) =>
    Object.fromEntries(
      Object.entries(gradient(i + 1)).map(([name, numbers]) => [name, numbers && bitsOf(dtype, numbers)]),
    ),
  );
}

/** Both paths of a set of options. */
export function bothPaths(options: Options): readonly Options[] {
  return [options, { ...options, foreach: true }];
}

/** Options as a slug: names and values joined by "+", after a prefix if there is one; "plain" for nothing. */
export function slug(options: Options, prefix?: string): string {
  const parts = Object.entries(options).map(([name, value]) => (value === true ? name : `${name}=${text(value)}`));
  const all = prefix === undefined ? parts : [prefix, ...parts];
  return all.length ? all.join('+') : 'plain';
}

function text(value: Value): string {
  return typeof value === 'object' && value !== null ? String(Object.values(value)[0]) : String(value);
}

function clausesOf({ weight_decay, momentum, centered, maximize, foreach }: Options): string[] {
  return [
    ...['RMS-5', 'RMS-7', 'RMS-9', 'NUM-2', 'NUM-3', 'NUM-4', 'NUM-8'],
    ...(maximize ? ['RMS-2'] : []),
    ...(weight_decay ? ['RMS-4'] : []),
    ...(centered ? ['RMS-6'] : []),
    ...(momentum ? ['RMS-8'] : []),
    ...(foreach ? ['RMS-12'] : []),
  ];
}

function needsOf(dtype: FloatingDType, options: Options): Need[] {
  const named = ['momentum', 'centered', 'weight_decay', 'maximize', 'foreach'] as const;
  return ['numbers', dtype, ...named.filter((name) => options[name])];
}

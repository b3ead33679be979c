/**
 * What areas `groups`, `grads` and `errors` share: three tiny parameters, a short gradient sequence, terse operations.
 */
import type { Need } from '../../src/scenario/needs.ts';
import type { Gradients, Op, Place, TensorSpec, TrainOp, Value } from '../../src/scenario/types.ts';
import type { Group, ScenarioCase } from './group.ts';
import { bitsOf } from './random.ts';
import * as tiny from './tiny.ts';
import { dict, look, type Options, parameter } from './tiny.ts';

export { add, dict, edit, look, type Options, optimizer, parameter, plain, read, remove, step, tuple } from './tiny.ts';

/** Three parameters. */
export const tensors: Readonly<Record<string, TensorSpec>> = {
  w: parameter([1, -2]),
  b: parameter([0.5]),
  c: parameter([-0.75]),
};

/** Gradients of every tensor in every step. */
export const gradients: Readonly<Record<string, readonly Gradients[]>> = {
  short: [
    { w: bits(0.3, -0.6), b: bits(0.1), c: bits(-0.4) },
    { w: bits(0.2, 0.5), b: bits(-0.7), c: bits(0.9) },
    { w: bits(-1.1, 0.4), b: bits(0.6), c: bits(0.2) },
    { w: bits(0.8, -0.1), b: bits(0.3), c: bits(-1.3) },
  ],
};

/** A file of small cases over the three parameters, and tensors of its own. */
export function groupOf(
  [area, name, title]: readonly [area: string, name: string, title: string],
  cases: readonly ScenarioCase[],
  own: Group['tensors'] = {},
): Group {
  return { area, name, title, tensors: { ...tensors, ...own }, gradients, cases };
}

/**
 * A case over float32 tensors, unless `needs` names another dtype.
 *
 * @param needs the facets that the case is about, and features that cannot be read off its program
 */
export function caseOf(
  id: string,
  clauses: readonly string[],
  needs: readonly Need[],
  program: readonly Op[],
): ScenarioCase {
  return tiny.caseOf(id, clauses, [...needs, ...program.flatMap(needsOf)], program);
}

/** A tensor that requires grad and is no leaf. */
export function clone(numbers: readonly number[]): TensorSpec {
  return { dtype: 'float32', shape: [numbers.length], bits: bits(...numbers), leaf: false };
}

/** Bits of float32 numbers. */
export function bits(...numbers: readonly number[]): string {
  return bitsOf('float32', numbers);
}

/** A generator as a value. */
export function generator(...items: readonly Value[]): Value {
  return { $generator: items };
}

/** A generator as a value, which raises a RuntimeError behind its items. */
export function raising(text: string, ...items: readonly Value[]): Value {
  return { $generator: [...items, { $raise: text }] };
}

/** An iterable as a value. */
export function iterable(...items: readonly Value[]): Value {
  return { $iterable: items };
}

/** A set as a value: of one item at most, since the order of more is not the same in every process. */
export function setOf(...items: readonly [] | readonly [Value]): Value {
  return { $set: items };
}

/** A number that JSON lacks. */
export function float($float: 'nan' | 'inf' | '-inf' | '-0.0'): Value {
  return { $float };
}

/** Groups of one tensor each, `w`, `b` and `c`, with options. */
export function groups(...options: readonly Options[]): readonly Value[] {
  return options.map((own, i) => dict({ params: [['$w', '$b', '$c'][i]!], ...own }));
}

/** Observes the state of `opt`. */
export const STATE: Op = tiny.state();

/** Observes the groups of `opt`. */
export const GROUPS: Op = look('opt', 'param_groups');

/** Observes the defaults of `opt`. */
export const DEFAULTS: Op = look('opt', 'defaults');

/** Trains `opt` through the gradients `short`, or some of them. */
export function train(steps: number, rest: Partial<Omit<TrainOp, 'op' | 'steps'>> = {}): Op {
  return { op: 'train', gradients: 'short', steps, ...rest };
}

/** Sets an option of a group. */
export function set(option: string, value: Value, group = 0): Op {
  return { op: 'set', group, option, value };
}

/** Sets a gradient, or None. */
export function grad(tensor: string, numbers: readonly number[] | null): Op {
  return { op: 'grad', tensor, bits: numbers && bits(...numbers) };
}

/** Sets a gradient in a sparse layout. */
export function sparse(tensor: string, numbers: readonly number[]): Op {
  return { op: 'grad', tensor, bits: bits(...numbers), sparse: true };
}

/** Observes a gradient. */
export function gradOf(tensor: string): Op {
  return look(`$${tensor}`, 'grad');
}

/** Observes whether two places hold the same object. */
export function same(a: Place, b: Place): Op {
  return tiny.same(a, b);
}

/** The features that only these areas use. */
function needsOf(op: Op): readonly Need[] {
  switch (op.op) {
    case 'optimizer':
      return paramsNeeds(op.params);
    case 'add_param_group':
      return [...paramsNeeds([op.group]), ...iterableNeeds(op.group)];
    case 'grad':
      return [...(op.sparse ? (['sparse-gradients'] as const) : []), ...(op.bits ? [] : (['none-gradients'] as const))];
    case 'edit':
      return op.at[1] === 'state' ? ['set-state'] : op.at[1] === 'param_groups' ? ['lr-change'] : [];
    case 'step':
      return op.args ? ['closure'] : [];
    default:
      return [];
  }
}

/** Without `bookkeeping` an adapter is handed lists of tensors, and of groups that hold such lists. */
function paramsNeeds(params: Value | undefined): readonly Need[] {
  if (!Array.isArray(params) || params.length === 0) return ['bookkeeping', ...iterableNeeds(params)];
  return (params as readonly Value[]).flatMap((item): readonly Need[] => {
    if (isTagged(item, '$dict')) {
      const entries = (item as { readonly $dict: readonly (readonly [Value, Value])[] }).$dict;
      return paramsNeeds(entries.find(([key]) => key === 'params')?.[1]);
    }
    return typeof item === 'string' && item.startsWith('$') ? [] : ['bookkeeping'];
  });
}

function iterableNeeds(value: Value | undefined): readonly Need[] {
  return ['$tuple', '$set', '$generator', '$iterable'].some((tag) => isTagged(value, tag)) ? ['iterables'] : [];
}

function isTagged(value: Value | undefined, tag: string): boolean {
  return typeof value === 'object' && value !== null && tag in value;
}

/**
 * What the areas of small cases share: tiny tensors, a short gradient sequence, terse operations, and needs read off a program.
 */
import { type Need, NEEDS } from '../../src/scenario/needs.ts';
import type { Gradients, Op, Place, StepOp, TensorSpec, TrainOp, Value } from '../../src/scenario/types.ts';
import type { DType } from '../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from './group.ts';
import { bitsOf } from './random.ts';

/** Three parameters. */
export const tensors: Readonly<Record<string, TensorSpec>> = {
  w: parameter([1, -2]),
  b: parameter([0.5]),
  c: parameter([-0.75]),
};

/** Gradients of every tensor in every step. */
export const gradients: Readonly<Record<string, readonly Gradients[]>> = {
  short: [
    { w: bits([0.3, -0.6]), b: bits([0.1]), c: bits([-0.4]) },
    { w: bits([0.2, 0.5]), b: bits([-0.7]), c: bits([0.9]) },
    { w: bits([-1.1, 0.4]), b: bits([0.6]), c: bits([0.2]) },
    { w: bits([0.8, -0.1]), b: bits([0.3]), c: bits([-1.3]) },
  ],
};

/** A file of small cases. */
export function groupOf(
  area: string,
  name: string,
  title: string,
  cases: readonly ScenarioCase[],
  own: Partial<Pick<Group, 'tensors' | 'gradients'>> = {},
): Group {
  return { area, name, title, tensors, gradients, ...own, cases };
}

/**
 * A case over float32 tensors.
 *
 * @param needs the facets that the case is about, and features that cannot be read off its program
 */
export function caseOf(
  id: string,
  clauses: readonly string[],
  needs: readonly Need[],
  program: readonly Op[],
): ScenarioCase {
  const all = new Set<Need>([...needs, 'float32', ...needsOf(program)]);
  return { id, clauses, needs: NEEDS.filter((need) => all.has(need)), program };
}

/** A Parameter, its elements in one dimension. */
export function parameter(numbers: readonly number[], dtype: DType = 'float32'): TensorSpec {
  return { dtype, shape: [numbers.length], bits: bitsOf(dtype, numbers), parameter: true };
}

/** A tensor that does not require grad. */
export function plain(shape: readonly number[], numbers: readonly number[], dtype: DType = 'float32'): TensorSpec {
  return { dtype, shape, bits: bitsOf(dtype, numbers) };
}

/** A tensor that requires grad and is no leaf. */
export function clone(numbers: readonly number[]): TensorSpec {
  return { dtype: 'float32', shape: [numbers.length], bits: bits(numbers), leaf: false };
}

/** Bits of float32 numbers. */
export function bits(numbers: readonly number[]): string {
  return bitsOf('float32', numbers);
}

/** A dictionary as a value. */
export function dict(entries: Readonly<Record<string, Value>>): Value {
  return { $dict: Object.entries(entries) };
}

/** A tuple as a value. */
export function tuple(...items: readonly Value[]): Value {
  return { $tuple: items };
}

/** A generator as a value. */
export function generator(...items: readonly Value[]): Value {
  return { $generator: items };
}

/** A set as a value: of one item, since the order of more is not the same in every process. */
export function setOf(item: Value): Value {
  return { $set: [item] };
}

/** A NaN as a value. */
export const NAN: Value = { $float: 'nan' };

/** Observes the state. */
export const STATE: Op = { op: 'state' };

/** Observes the groups. */
export const GROUPS: Op = look('opt', 'param_groups');

/** Observes the defaults. */
export const DEFAULTS: Op = look('opt', 'defaults');

/** Makes an optimizer, over `w` and `b` unless told otherwise. */
export function optimizer(options: Readonly<Record<string, Value>> = {}, params: Value = ['$w', '$b']): Op {
  return { op: 'optimizer', params, options };
}

/** Trains through the gradients `short`, or others. */
export function train(steps: number, rest: Partial<Omit<TrainOp, 'op' | 'steps'>> = {}): Op {
  return { op: 'train', gradients: 'short', steps, ...rest };
}

/** One step with the gradients that are there. */
export function step(rest: Omit<StepOp, 'op'> = {}): Op {
  return { op: 'step', ...rest };
}

/** Sets a gradient, or None. */
export function grad(tensor: string, numbers: readonly number[] | null): Op {
  return { op: 'grad', tensor, bits: numbers && bits(numbers) };
}

/** Sets an option of a group. */
export function set(option: string, value: Value, group = 0): Op {
  return { op: 'set', group, option, value };
}

/** Adds a group; the entries keep their order. */
export function add(entries: Readonly<Record<string, Value>>): Op {
  return { op: 'add_param_group', group: dict(entries) };
}

/** Observes tensors. */
export function read(...names: readonly string[]): Op {
  return { op: 'read', tensors: names };
}

/** Observes what is at a place. */
export function look(...at: Place): Op {
  return { op: 'look', at };
}

/** Observes whether two places hold the same object. */
export function identity(a: Place, b: Place): Op {
  return { op: 'identity', a, b };
}

/** Sets what is at a place. */
export function edit(at: Place, value: Value): Op {
  return { op: 'edit', at, value };
}

/** Deletes what is at a place. */
export function remove(...at: Place): Op {
  return { op: 'edit', at, delete: true };
}

const OPTIONS: readonly Need[] = [
  ...(['momentum', 'centered', 'weight_decay', 'maximize'] as const),
  ...(['foreach', 'differentiable', 'capturable'] as const),
];
const OPERATIONS: Readonly<Record<string, readonly Need[]>> = {
  set: ['lr-change'],
  set_state: ['set-state'],
  grad: ['bookkeeping'],
  step: ['bookkeeping'],
  zero_grad: ['bookkeeping', 'zero_grad'],
  add_param_group: ['bookkeeping', 'groups'],
  state_dict: ['bookkeeping', 'state_dict'],
  load_state_dict: ['bookkeeping', 'state_dict'],
  copy: ['bookkeeping', 'deepcopy'],
  repr: ['bookkeeping', 'repr'],
  look: ['bookkeeping'],
  identity: ['bookkeeping'],
  edit: ['bookkeeping'],
  hook: ['bookkeeping', 'hooks'],
  remove_hook: ['bookkeeping', 'hooks'],
};

/** The features that a program uses, as far as they show in it. */
function* needsOf(program: readonly Op[]): Generator<Need> {
  for (const op of program) {
    yield* OPERATIONS[op.op] ?? [];
    if (op.op === 'optimizer') {
      yield* optionNeeds(Object.entries(op.options));
      yield* paramNeeds(op.params);
    }
    if (op.op === 'add_param_group') yield* groupNeeds(op.group);
    if (op.op === 'set') yield* optionNeeds([[op.option, op.value]]);
    if (op.op === 'grad' && op.sparse) yield 'sparse-gradients';
    if (op.op === 'grad' && op.bits === null) yield 'none-gradients';
    if (op.op === 'step' && (op.closure !== undefined || op.args !== undefined)) yield 'closure';
    if (op.op === 'edit' && op.at[1] === 'state') yield 'set-state';
    if (op.op === 'edit' && op.at[1] === 'param_groups') yield 'lr-change';
    if (op.op === 'hook' && op.on.startsWith('global')) yield 'global-hooks';
  }
}

function* optionNeeds(entries: Iterable<readonly [Value, Value]>): Generator<Need> {
  for (const [option, value] of entries) {
    if (option === 'lr' && typeof value === 'string' && value.startsWith('$')) yield 'tensor-lr';
    if (option === 'param_names') yield 'names';
    const need = OPTIONS.find((known) => known === option);
    if (need && (value || need === 'capturable')) yield need;
  }
}

/** A list of tensors or of groups is all that an adapter without `bookkeeping` is handed. */
function* paramNeeds(params: Value): Generator<Need> {
  if (!Array.isArray(params)) yield 'bookkeeping';
  const items = itemsOf(params);
  if (items.length === 0) yield 'bookkeeping';
  if (isTagged(params) && !('$dict' in params)) yield 'iterables';
  for (const item of items) {
    if (isTagged(item) && '$dict' in item) yield* groupNeeds(item);
    else yield* itemNeeds(item);
  }
}

function* groupNeeds(group: Value): Generator<Need> {
  yield 'groups';
  if (!isTagged(group) || !('$dict' in group)) return yield 'bookkeeping';
  const entries = group.$dict as readonly (readonly [Value, Value])[];
  const params = entries.find(([key]) => key === 'params')?.[1];
  if (!Array.isArray(params) || params.length === 0) yield 'bookkeeping';
  if (isTagged(params)) yield 'iterables';
  for (const item of itemsOf(params)) yield* itemNeeds(item);
  yield* optionNeeds(entries.filter(([key]) => key !== 'params'));
}

function* itemNeeds(item: Value): Generator<Need> {
  if (typeof item !== 'string' || !item.startsWith('$')) yield 'bookkeeping';
  if (isTagged(item) && '$tuple' in item) yield 'names';
}

function itemsOf(value: Value | undefined): readonly Value[] {
  const list = isTagged(value) && !('$dict' in value) ? Object.values(value)[0] : value;
  return Array.isArray(list) ? (list as readonly Value[]) : [];
}

function isTagged(value: Value | undefined): value is Exclude<Value & object, readonly Value[]> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

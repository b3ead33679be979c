/**
 * What areas `state_dict` and `hooks` share: two sets of tiny tensors with equal bits, terse operations, and cases over them.
 */
import { type Need, NEEDS } from '../../src/scenario/needs.ts';
import { programNeeds } from '../../src/scenario/needs-of.ts';
import type { Behaviour, BookkeepingOp, Edit, Gradients, HookKind, HookOp, Op } from '../../src/scenario/types.ts';
import type { Place, StepOp, TensorSpec, TrainOp, Value } from '../../src/scenario/types.ts';
import type { DType } from '../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from './group.ts';
import { bitsOf } from './random.ts';

const START = { w: [1, -2], b: [0.5] } as const;
const GRADIENTS = [
  { w: [0.3, -0.6], b: [0.1] },
  { w: [0.2, 0.5], b: [-0.7] },
  { w: [-1.1, 0.4], b: [0.6] },
  { w: [0.8, -0.1], b: [0.3] },
  { w: [-0.5, 0.9], b: [-0.2] },
  { w: [0.7, 1.3], b: [1.1] },
] as const;

/** `w` and `b`, and `w2` and `b2` with the same bits. */
export function twins(dtype: DType = 'float32', dtype2: DType = dtype): Record<string, TensorSpec> {
  const { w, b } = START;
  return { w: parameter(w, dtype), b: parameter(b, dtype), w2: parameter(w, dtype2), b2: parameter(b, dtype2) };
}

/** Six steps: `one` for `w` and `b`, `two` the same for `w2` and `b2`; in `late` and `late2` the first tensor waits until step 3. */
export function twinGradients(dtype: DType = 'float32', dtype2: DType = dtype): Record<string, readonly Gradients[]> {
  const sequence = (own: DType, [w, b]: readonly [string, string], late: boolean): Gradients[] =>
    GRADIENTS.map((step, i) => ({ [w]: late && i < 2 ? null : bitsOf(own, step.w), [b]: bitsOf(own, step.b) }));
  return {
    one: sequence(dtype, ['w', 'b'], false),
    two: sequence(dtype2, ['w2', 'b2'], false),
    late: sequence(dtype, ['w', 'b'], true),
    late2: sequence(dtype2, ['w2', 'b2'], true),
  };
}

/** A file of small cases over the twins, and tensors of its own. */
export function groupOf(
  [area, name, title]: readonly [string, string, string],
  cases: readonly ScenarioCase[],
  own: { readonly tensors?: Group['tensors']; readonly gradients?: Group['gradients'] } = {},
): Group {
  const tensors = { ...twins(), ...own.tensors };
  return { area, name, title, tensors, gradients: { ...twinGradients(), ...own.gradients }, cases };
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
  const dtype: readonly Need[] = DTYPES.some((named) => needs.includes(named)) ? [] : ['float32'];
  const all = new Set<Need>(['numbers', ...dtype, ...needs, ...trained(program), ...programNeeds(program)]);
  return { id, clauses, needs: NEEDS.filter((need) => all.has(need)), program };
}

/** Any of them says which element types a case has. */
const DTYPES: readonly Need[] = ['float64', 'float16', 'bfloat16'];

/** A Parameter, its elements in one dimension. */
export function parameter(numbers: readonly number[], dtype: DType = 'float32'): TensorSpec {
  return { dtype, shape: [numbers.length], bits: bitsOf(dtype, numbers), parameter: true };
}

/** A tensor that does not require grad. */
export function plain(shape: readonly number[], numbers: readonly number[], dtype: DType = 'float32'): TensorSpec {
  return { dtype, shape, bits: bitsOf(dtype, numbers) };
}

/** Options by name. */
export type Options = Readonly<Record<string, Value>>;

/** A dictionary as a value. */
export function dict(entries: Options = {}): Value {
  return { $dict: Object.entries(entries) };
}

/** A dictionary with keys that are integers. */
export function byId(...entries: readonly (readonly [number | string | null, Value])[]): Value {
  return { $dict: entries };
}

/** A tuple as a value. */
export function tuple(...items: readonly Value[]): Value {
  return { $tuple: items };
}

/** Makes the optimizer `opt` over `w` and `b`, unless told otherwise. */
export function optimizer(options: Options = {}, params: Value = ['$w', '$b']): Op {
  return { op: 'optimizer', params, options };
}

/** Makes the optimizer `fresh` over `w2` and `b2`, unless told otherwise. */
export function fresh(options: Options = {}, params: Value = ['$w2', '$b2'], as = 'fresh'): Op {
  return { op: 'optimizer', as, params, options };
}

/** Trains `opt` through the gradients `one`, unless told otherwise. */
export function train(steps: number, rest: Partial<Omit<TrainOp, 'op' | 'steps'>> = {}): Op {
  return { op: 'train', gradients: 'one', steps, ...rest };
}

/** Trains `fresh` through the gradients `two`, unless told otherwise. */
export function train2(steps: number, rest: Partial<Omit<TrainOp, 'op' | 'steps'>> = {}): Op {
  return { op: 'train', optimizer: 'fresh', gradients: 'two', steps, ...rest };
}

/** One step with the gradients that are there. */
export function step(rest: Omit<StepOp, 'op'> = {}): BookkeepingOp {
  return { op: 'step', ...rest };
}

/** Observes and keeps the state dict. */
export function save(optimizer = 'opt', as?: string): BookkeepingOp {
  return { op: 'state_dict', ...(optimizer === 'opt' ? {} : { optimizer }), ...(as ? { as } : {}) };
}

/** Loads the object `from`, "saved" when left out. */
export function load(optimizer = 'opt', from?: string): BookkeepingOp {
  return { op: 'load_state_dict', ...(optimizer === 'opt' ? {} : { optimizer }), ...(from ? { from } : {}) };
}

/** Loads a value into `opt`. */
export function loadValue(value: Value): BookkeepingOp {
  return { op: 'load_state_dict', value };
}

/** Sets an option of group 0. */
export function set(option: string, value: Value, optimizer = 'opt'): Op {
  return { op: 'set', ...(optimizer === 'opt' ? {} : { optimizer }), group: 0, option, value };
}

/** Adds a group; the entries keep their order. */
export function add(entries: Options, optimizer = 'opt'): BookkeepingOp {
  return { op: 'add_param_group', ...(optimizer === 'opt' ? {} : { optimizer }), group: dict(entries) };
}

/** Deep-copies an object. */
export function copy(of: string, as: string): BookkeepingOp {
  return { op: 'copy', of, as };
}

/** Observes tensors. */
export function read(...names: readonly string[]): Op {
  return { op: 'read', tensors: names };
}

/** Observes the state of an optimizer whose keys are tensors of the scenario. */
export function state(optimizer = 'opt'): Op {
  return { op: 'state', ...(optimizer === 'opt' ? {} : { optimizer }) };
}

/** Observes what is at a place. */
export function look(...at: Place): BookkeepingOp {
  return { op: 'look', at };
}

/** Observes whether two places hold the same object. */
export function same(a: Place, b: Place): BookkeepingOp {
  return { op: 'identity', a, b };
}

/** Sets what is at a place. */
export function edit(at: Edit['at'], value: Value): BookkeepingOp {
  return { op: 'edit', at, value };
}

/** Deletes what is at a place. */
export function remove(...at: Edit['at']): BookkeepingOp {
  return { op: 'edit', at, delete: true };
}

/** Renames a key in place. */
export function rename(at: Edit['at'], to: string | number): BookkeepingOp {
  return { op: 'edit', at, rename: to };
}

/** Registers a hook. */
export function hook(
  on: HookKind,
  does: readonly Behaviour[] | Value,
  rest: Pick<HookOp, 'as' | 'optimizer' | 'options'> = {},
): HookOp {
  return { op: 'hook', on, does, ...rest };
}

/** Registers a hook that logs, and keeps its handle under the label. */
export function logging(on: HookKind, label: string = on, rest: Pick<HookOp, 'optimizer' | 'options'> = {}): HookOp {
  return hook(on, [{ log: label }], { as: label, ...rest });
}

/** Removes a hook. */
export function unhook(name: string): BookkeepingOp {
  return { op: 'remove_hook', hook: name };
}

/** In the gradients `late` and `late2` the first tensor has none at first. */
function trained(program: readonly Op[]): readonly Need[] {
  return program.some((op) => op.op === 'train' && op.gradients.startsWith('late')) ? ['none-gradients'] : [];
}

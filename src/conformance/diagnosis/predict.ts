/**
 * The numbers of a scenario in one order: what a rule computes, and what was observed. A number that is not there is a hole.
 */
import { fromBits } from '../../tensor/bits.ts';
import type { OpmathDType } from '../../tensor/dtype.ts';
import { CHECKPOINT } from '../../scenario/checkpoint.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Observation, Op, OptimizerOp, Scenario, TrainOp, Value } from '../../scenario/types.ts';
import { isDict, isFloat, isTensor } from '../../scenario/values.ts';
import type { Hyper, Parts } from './axes/axis.ts';
import { checkpointOf, goOn, type RuleCheckpoint, saved } from './going-on.ts';
import type { Kind } from './kinds.ts';
import { type Buffers, type RuleGroup, RuleOptimizer, type Trained } from './rule.ts';

/** Numbers in order; undefined where there is none. */
export type Trajectory = readonly (number | undefined)[];

/** Entries of state that a rule says something of: the buffers, and the count of steps. */
const BUFFERS = ['square_avg', 'momentum_buffer', 'grad_avg'] as const;

/** An entry of state. */
export type StateKey = (typeof BUFFERS)[number] | 'step';

/** The entries of state that count for a port that claims this: none, the buffers, or the count of steps too. */
export function stateKeysOf(claims: ReadonlySet<Need>): readonly StateKey[] {
  if (!claims.has('state')) return [];
  return claims.has('bookkeeping') ? [...BUFFERS, 'step'] : BUFFERS;
}

const OPTIONS = ['lr', 'alpha', 'eps', 'weight_decay', 'momentum', 'centered', 'maximize'] as const;
/** Options that change no rule. */
const OTHERS: readonly string[] = ['foreach', 'differentiable', 'capturable'];

/**
 * What was observed: after each step of a train its tensors, of a read its tensors.
 *
 * @param keys entries of state that count
 */
export function observedNumbers(
  scenario: Scenario,
  observations: readonly Observation[],
  keys: readonly StateKey[] = [],
): Trajectory {
  const out: (number | undefined)[] = [];
  scenario.program.forEach((op, i) => {
    const { steps = [], value } = observations[i] ?? {};
    if (op.op === 'train')
      observedSteps(scenario, op).forEach((names, step) => {
        for (const name of names) pushBits(out, scenario, name, steps[step]?.[name]);
      });
    else if (op.op === 'read') for (const name of op.tensors) pushTensor(out, scenario, name, entry(value, name));
    else if (op.op === 'state')
      for (const name of Object.keys(scenario.tensors))
        for (const key of keys) pushEntry(out, scenario, name, key, entry(entry(value, name), key));
  });
  return out;
}

/** The names of the tensors that a train observes, for each step that it observes. */
function observedSteps({ gradients }: Scenario, { gradients: name, steps, after = 0, params_at }: TrainOp): string[][] {
  const numbers = Array.from({ length: steps }, (_, i) => after + 1 + i);
  return numbers
    .filter((number) => params_at === undefined || params_at.includes(number))
    .map((number) => Object.keys(gradients[name]![number - 1]!));
}

function entry(value: Value | undefined, key: string): Value | undefined {
  return isDict(value) ? value.$dict.find(([name]) => name === key)?.[1] : undefined;
}

function pushEntry(
  out: (number | undefined)[],
  scenario: Scenario,
  name: string,
  key: StateKey,
  value: Value | undefined,
): void {
  if (key !== 'step') pushTensor(out, scenario, name, value);
  else out.push(isTensor(value) ? fromBits('float32', value.$tensor.bits!)[0] : (value as number | undefined));
}

function pushTensor(out: (number | undefined)[], scenario: Scenario, name: string, value: Value | undefined): void {
  pushBits(out, scenario, name, isTensor(value) ? value.$tensor.bits : undefined);
}

function pushBits(out: (number | undefined)[], { tensors }: Scenario, name: string, bits: string | undefined): void {
  const { shape } = tensors[name]!;
  const count = shape.reduce((product, size) => product * size, 1);
  const data =
    bits === undefined || bits === '' ? [] : fromBits(bits.search(/ |$/) === 8 ? 'float32' : 'float64', bits);
  for (let i = 0; i < count; i++) out.push(data[i]);
}

/** A scenario made ready for rules: what does not depend on them is done once. */
export interface Prepared {
  readonly scenario: Scenario;
  readonly tensors: ReadonlyMap<string, { readonly dtype: OpmathDType; readonly data: Float64Array }>;
  /** All tensors' elements, one tensor after the other. */
  readonly before: readonly number[];
  readonly gradients: ReadonlyMap<string, readonly (readonly (readonly [string, Float64Array | null])[])[]>;
}

/** The scenario made ready; undefined where a rule cannot run it. */
export function prepare(scenario: Scenario): Prepared | undefined {
  const numeric = Object.values(scenario.tensors).every(({ dtype }) => dtype === 'float32' || dtype === 'float64');
  if (!numeric || !scenario.program.every(canDo)) return undefined;
  const used = new Set(scenario.program.flatMap((op) => (op.op === 'train' ? [op.gradients] : [])));
  const dtype = (name: string): OpmathDType => scenario.tensors[name]!.dtype as OpmathDType;
  const tensors = Object.entries(scenario.tensors).map(
    ([name, { bits }]) => [name, { dtype: dtype(name), data: Float64Array.from(fromBits(dtype(name), bits)) }] as const,
  );
  return {
    scenario,
    tensors: new Map(tensors),
    before: tensors.flatMap(([, { data }]) => [...data]),
    gradients: new Map(
      [...used].map((name) => [
        name,
        scenario.gradients[name]!.map((step) =>
          Object.entries(step).map(
            ([tensor, bits]) =>
              [tensor, bits === null ? null : Float64Array.from(fromBits(dtype(tensor), bits))] as const,
          ),
        ),
      ]),
    ),
  };
}

/** Whether a rule can do an operation. */
function canDo(op: Op): boolean {
  if (op.op === 'optimizer') return plain(op);
  if (op.op === 'set') return isOption(op.option, op.value);
  if (op.op === 'grad') return op.sparse === undefined && op.recorded === undefined;
  if (op.op === 'step') return op.closure === undefined && op.args === undefined && op.kwargs === undefined;
  if (op.op === 'load') return (op.value?.groups ?? []).every(({ options }) => optionsOk(options));
  return ['train', 'set_state', 'read', 'state', 'save'].includes(op.op);
}

function plain({ class: other, params, options }: OptimizerOp): boolean {
  if (other !== undefined || !Array.isArray(params)) return false;
  return optionsOk(options) && (params as readonly Value[]).every((item) => isName(item) || groupOk(item));
}

function groupOk(item: Value): boolean {
  if (!isDict(item)) return false;
  const entries = Object.fromEntries(item.$dict as readonly [string, Value][]);
  const { params, ...options } = entries;
  return Array.isArray(params) && (params as readonly Value[]).every(isName) && optionsOk(options);
}

function optionsOk(options: Readonly<Record<string, Value>>): boolean {
  return Object.entries(options).every(([name, value]) => OTHERS.includes(name) || isOption(name, value));
}

function isName(item: Value): boolean {
  return typeof item === 'string' && item.startsWith('$');
}

function isOption(name: string, value: Value): boolean {
  if (OTHERS.includes(name)) return true;
  return (
    (OPTIONS as readonly string[]).includes(name) &&
    (typeof value === 'number' || typeof value === 'boolean' || isFloat(value))
  );
}

/** What a rule computes of a scenario, in a kind of arithmetic. */
export function predict(
  parts: Parts,
  kind: Kind,
  { scenario, tensors: made, gradients }: Prepared,
  keys: readonly StateKey[] = [],
): Trajectory {
  const tensors = new Map<string, Trained>();
  for (const [name, { dtype, data }] of made) tensors.set(name, { name, dtype, data: data.slice(), grad: null });
  const optimizers = new Map<string, RuleOptimizer>();
  const checkpoints = new Map<string, RuleCheckpoint>();
  const out: (number | undefined)[] = [];
  for (const op of scenario.program) {
    if (op.op === 'optimizer') optimizers.set(op.as ?? 'opt', new RuleOptimizer(parts, kind, groupsOf(op, tensors)));
    else if (op.op === 'read') for (const name of op.tensors) out.push(...tensors.get(name)!.data);
    else if (op.op === 'grad') {
      const tensor = tensors.get(op.tensor)!;
      tensor.grad = op.bits === null ? null : Float64Array.from(fromBits(tensor.dtype, op.bits));
    } else if (isOfOptimizer(op)) {
      const optimizer = optimizers.get(op.optimizer ?? 'opt');
      if (optimizer === undefined) break;
      if (op.op === 'step') optimizer.step();
      else if (op.op === 'set') optimizer.set(op.group, op.option, numberOf(op.value));
      else if (op.op === 'set_state') setState(optimizer.state(tensors.get(op.tensor)!), op.key as StateKey, op.value);
      else if (op.op === 'state') for (const tensor of tensors.values()) pushState(out, optimizer, tensor, keys);
      else if (op.op === 'save') checkpoints.set(op.as ?? CHECKPOINT, saved(optimizer, tensors.values()));
      else if (op.op === 'load') {
        const checkpoint = checkpointOf(op, checkpoints, tensors, numberOf);
        if (checkpoint === undefined) break;
        goOn(optimizer, checkpoint);
      } else train(op, optimizer, tensors, gradients.get(op.gradients)!, out);
    }
  }
  return out;
}

type OfOptimizer = Extract<Op, { readonly op: 'step' | 'set' | 'set_state' | 'state' | 'save' | 'load' | 'train' }>;

function isOfOptimizer(op: Op): op is OfOptimizer {
  return ['step', 'set', 'set_state', 'state', 'save', 'load', 'train'].includes(op.op);
}

function train(
  { steps, after = 0, params_at }: TrainOp,
  optimizer: RuleOptimizer,
  tensors: ReadonlyMap<string, Trained>,
  sequence: readonly (readonly (readonly [string, Float64Array | null])[])[],
  out: (number | undefined)[],
): void {
  for (let number = after + 1; number <= after + steps; number++) {
    const step = sequence[number - 1]!;
    for (const [name, grad] of step) tensors.get(name)!.grad = grad && grad.slice();
    optimizer.step();
    if (params_at !== undefined && !params_at.includes(number)) continue;
    for (const [name] of step) for (const x of tensors.get(name)!.data) out.push(x);
  }
}

function setState(buffers: Buffers | undefined, key: StateKey, value: number): void {
  if (buffers === undefined) return;
  if (key === 'step') buffers.step = value;
  else buffers[key]?.fill(value);
}

function pushState(
  out: (number | undefined)[],
  optimizer: RuleOptimizer,
  tensor: Trained,
  keys: readonly StateKey[],
): void {
  const buffers = optimizer.state(tensor);
  for (const key of keys)
    if (key === 'step') out.push(buffers?.step);
    else for (let i = 0; i < tensor.data.length; i++) out.push(buffers?.[key][i]);
}

function groupsOf({ params, options }: OptimizerOp, tensors: ReadonlyMap<string, Trained>): RuleGroup[] {
  const list = params as readonly Value[];
  const find = (names: readonly Value[]): Trained[] => names.map((name) => tensors.get((name as string).slice(1))!);
  if (!list.some(isDict)) return [{ params: find(list), given: hyperOf(options), own: {}, changed: {} }];
  return list.filter(isDict).map(({ $dict }) => {
    const { params: own = [], ...rest } = Object.fromEntries($dict as readonly [string, Value][]);
    return { params: find(own as readonly Value[]), given: hyperOf(options), own: hyperOf(rest), changed: {} };
  });
}

const hypers = new WeakMap<object, Partial<Hyper>>();

function hyperOf(options: Readonly<Record<string, Value>>): Partial<Hyper> {
  const known = hypers.get(options);
  if (known !== undefined) return known;
  const made = Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => !OTHERS.includes(name))
      .map(([name, value]) => [name, numberOf(value)]),
  );
  hypers.set(options, made);
  return made;
}

function numberOf(value: Value): number | boolean {
  if (isFloat(value)) return Number(value.$float.replace('inf', 'Infinity'));
  return value as number | boolean;
}

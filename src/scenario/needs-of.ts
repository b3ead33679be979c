/**
 * What a scenario takes to run, read off its tensors, gradients and program; and whether it takes optimizers that are objects.
 */
import { type DType, isComplex } from '../tensor/dtype.ts';
import { NEEDS, type Need, OPTIONS } from './needs.ts';
import type { Behaviour, HookOp, Op, OptimizerOp, Scenario, StepOp, Value } from './types.ts';
import { isDict } from './values.ts';

/** Operations on what training leaves behind: what they observe beyond numbers is compared as bookkeeping. */
const TRAINING: readonly Op['op'][] = [
  ...(['optimizer', 'train', 'set', 'set_state', 'fill', 'read', 'state'] as const),
  ...(['load', 'save'] as const),
];

const OPERATIONS: Readonly<Partial<Record<Op['op'], readonly Need[]>>> = {
  set: ['lr-change'],
  set_state: ['set-state'],
  fill: ['fill'],
  load: ['resume'],
  save: ['resume'],
  backward: ['backward'],
  zero_grad: ['zero_grad'],
  add_param_group: ['groups'],
  state_dict: ['state_dict'],
  load_state_dict: ['state_dict'],
  repr: ['repr'],
  attributes: ['attributes'],
  getstate: ['attributes'],
  setstate: ['attributes'],
  default_dtype: ['default-dtype'],
};

/** The needs of a scenario, in the order of the table. */
export function needsOf({ tensors, gradients, program }: Scenario): readonly Need[] {
  const needs = new Set<Need>(['numbers', ...programNeeds(program), ...tensorNeeds(tensors)]);
  const steps = Object.values(gradients).flat();
  if (steps.some((step) => Object.values(step).includes(null))) needs.add('none-gradients');
  return NEEDS.filter((need) => needs.has(need));
}

/** The need that tensors of an element type are: one for integers and booleans, and one for both complex types. */
function dtypeNeed(dtype: DType): Need {
  if (isComplex(dtype)) return 'complex';
  return dtype === 'bool' ? 'int64' : dtype;
}

/** The needs of tensors: their element types, tensors without elements, layouts. */
export function* tensorNeeds(tensors: Scenario['tensors']): Generator<Need> {
  for (const { dtype, shape, layout } of Object.values(tensors)) {
    yield dtypeNeed(dtype);
    if (shape.includes(0)) yield 'empty-tensors';
    if (layout !== undefined) yield 'layouts';
  }
}

/** The needs that show in a program. */
export function* programNeeds(program: readonly Op[]): Generator<Need> {
  for (const op of program) {
    if (!TRAINING.includes(op.op)) yield 'bookkeeping';
    yield* OPERATIONS[op.op] ?? [];
    yield* operationNeeds(op);
  }
}

function* operationNeeds(op: Op): Generator<Need> {
  switch (op.op) {
    case 'optimizer':
      yield* optionNeeds(Object.entries(op.options));
      yield* paramNeeds(op.params);
      if (op.class !== undefined) yield 'subclasses';
      return;
    case 'add_param_group':
      return yield* paramNeeds([op.group]);
    case 'set':
      return yield* optionNeeds([[op.option, op.value]]);
    case 'load':
      return yield* optionNeeds((op.value?.groups ?? []).flatMap(({ options }) => Object.entries(options)));
    case 'copy':
      return yield op.shallow ? 'attributes' : 'deepcopy';
    case 'step':
      if (op.closure !== undefined || op.no_grad) yield 'closure';
      return yield* programNeeds(op.closure?.do ?? []);
    case 'hook':
      return yield* hookNeeds(op);
    case 'remove_hook':
      if (op.context) yield 'attributes';
      return yield* programNeeds(op.do ?? []);
    default:
  }
}

function* hookNeeds({ on, does }: HookOp): Generator<Need> {
  yield on.startsWith('global') ? 'global-hooks' : 'hooks';
  if (!Array.isArray(does)) return;
  for (const behaviour of does as readonly Behaviour[]) {
    if ('return_closure' in behaviour) yield 'closure';
    if ('do' in behaviour) yield* programNeeds(behaviour.do);
  }
}

/** Options at their defaults are no needs, but a version that lacks `capturable` refuses it false too. */
function* optionNeeds(entries: Iterable<readonly [Value, Value]>): Generator<Need> {
  for (const [option, value] of entries) {
    if (option === 'lr' && isTensorName(value)) yield 'tensor-lr';
    const need = OPTIONS.find((known) => known === option);
    if (need && (value || need === 'capturable')) yield need;
  }
}

function* paramNeeds(params: Value | undefined): Generator<Need> {
  for (const item of Array.isArray(params) ? (params as readonly Value[]) : []) {
    if (typeof item !== 'object' || item === null) continue;
    if ('$tuple' in item) yield* ['names', 'bookkeeping'] as const;
    if (!isDict(item)) continue;
    yield 'groups';
    yield* optionNeeds(item.$dict);
    yield* paramNeeds(item.$dict.find(([key]) => key === 'params')?.[1]);
  }
}

/**
 * Whether a program makes or uses optimizers as objects of PyTorch's shape: it does more than train, or gives its optimizers something
 * else than a list of tensors, or of groups with such lists.
 */
export function takesObjects(program: readonly Op[]): boolean {
  return program.some((op) => {
    switch (op.op) {
      case 'optimizer':
        return isMade(op);
      case 'grad':
        return op.sparse === true || op.recorded === true;
      case 'step':
        return isCalledWith(op);
      default:
        return !TRAINING.includes(op.op);
    }
  });
}

function isMade({ class: spec, params }: OptimizerOp): boolean {
  if (spec !== undefined || !Array.isArray(params)) return true;
  const items = params as readonly Value[];
  return !items.every(isTensorName) && !items.every(isGroup);
}

function isGroup(value: Value): boolean {
  if (!isDict(value) || !value.$dict.every(([key]) => typeof key === 'string' && !/^\d+$/.test(key))) return false;
  const params = value.$dict.find(([key]) => key === 'params')?.[1];
  return Array.isArray(params) && (params as readonly Value[]).every(isTensorName);
}

function isCalledWith(op: StepOp): boolean {
  return Object.keys(op).some((key) => key !== 'op' && key !== 'optimizer');
}

function isTensorName(value: Value): boolean {
  return typeof value === 'string' && value.startsWith('$');
}

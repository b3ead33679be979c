/**
 * What a scenario takes to run, read off its program.
 */
import type { Need } from './needs.ts';
import type { Op, Scenario, Value } from './types.ts';

const OPTIONS = [
  'momentum',
  'centered',
  'weight_decay',
  'maximize',
  'foreach',
  'differentiable',
  'capturable',
] as const;

const OPERATIONS: Readonly<Partial<Record<Op['op'], readonly Need[]>>> = {
  set: ['lr-change'],
  set_state: ['set-state'],
  fill: ['fill'],
  add_param_group: ['groups', 'bookkeeping'],
  state_dict: ['state_dict', 'bookkeeping'],
  load_state_dict: ['state_dict', 'bookkeeping'],
  copy: ['bookkeeping'],
  repr: ['repr', 'messages'],
  hook: ['hooks', 'bookkeeping'],
  attributes: ['attributes', 'bookkeeping'],
  getstate: ['attributes', 'bookkeeping'],
  setstate: ['attributes', 'bookkeeping'],
  default_dtype: ['default-dtype', 'bookkeeping'],
  remove_hook: ['hooks', 'bookkeeping'],
  zero_grad: ['zero_grad'],
  step: ['closure'],
  look: ['bookkeeping'],
  identity: ['bookkeeping'],
  edit: ['bookkeeping'],
};

/** The needs of a scenario: its element types, the options it turns on, and the features that its operations take. */
export function needsOf({ tensors, gradients, program }: Scenario): Need[] {
  const needs = new Set<Need>(['numbers']);
  for (const { dtype, shape } of Object.values(tensors)) {
    needs.add(dtype);
    if (shape.includes(0)) needs.add('empty-tensors');
  }
  if (
    Object.values(gradients)
      .flat()
      .some((step) => Object.values(step).includes(null))
  )
    needs.add('none-gradients');
  for (const op of program) {
    for (const need of OPERATIONS[op.op] ?? []) needs.add(need);
    if (op.op === 'copy') needs.add(op.shallow ? 'attributes' : 'deepcopy');
    if (op.op === 'hook' && op.on.startsWith('global')) needs.add('global-hooks');
    for (const value of values(op)) for (const option of OPTIONS) if (turnsOn(value, option)) needs.add(option);
    if (op.op === 'optimizer' && op.params !== undefined && hasDict(op.params)) needs.add('groups');
    if (op.op === 'optimizer' && op.class !== undefined) needs.add('subclasses');
  }
  return [...needs];
}

/** Options of an operation: of the constructor, of a group, or one that is set. */
function values(op: Op): readonly Readonly<Record<string, Value>>[] {
  if (op.op === 'optimizer') return [op.options, ...dicts(op.params ?? null)];
  if (op.op === 'add_param_group') return dicts(op.group);
  return op.op === 'set' ? [{ [op.option]: op.value }] : [];
}

function turnsOn(options: Readonly<Record<string, Value>>, option: string): boolean {
  return Boolean(options[option]);
}

function dicts(value: Value): Readonly<Record<string, Value>>[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(dicts);
  if (typeof value !== 'object' || value === null || !('$dict' in value)) return [];
  return [Object.fromEntries(value.$dict as readonly [string, Value][])];
}

function hasDict(value: Value): boolean {
  return dicts(value).length > 0;
}

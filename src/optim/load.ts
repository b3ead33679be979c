/**
 * `load_state_dict()`: matching by position, casting, and what the loaded groups become (clauses LSD).
 */
import { allocate } from '../tensor/dtype.ts';
import { PythonError, ValueError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import { deepcopy } from './deepcopy.ts';
import { DefaultDict, type Dict, entriesOf, get, has, isDict, item, items, len } from './dict.ts';
import type { ParamGroup } from './param-group.ts';
import { truthy, typeName } from './python.ts';
import type { Version } from './versions.ts';

/** State and groups, ready to replace an optimizer's. */
export interface Loaded {
  readonly state: DefaultDict;
  readonly param_groups: ParamGroup[];
}

type AnyDict = Dict | Map<unknown, unknown>;

/** The shallow copy of a state dict that pre-hooks are given. @throws PythonError when it is no dictionary */
export function shallow_copy(state_dict: unknown): AnyDict {
  if (Array.isArray(state_dict) && !Object.isFrozen(state_dict))
    return [...(state_dict as unknown[])] as unknown as Dict;
  if (state_dict instanceof Set) return new Set(state_dict) as unknown as Dict;
  if (!isDict(state_dict))
    throw new PythonError('AttributeError', `'${typeName(state_dict)}' object has no attribute 'copy'`);
  return state_dict instanceof Map ? new Map(state_dict) : { ...state_dict };
}

/**
 * What a state dict makes of an optimizer's state and groups; nothing of the optimizer is changed.
 *
 * @throws KeyError for a missing key, ValueError when groups do not match in number or size
 */
export function load(state_dict: unknown, groups: readonly ParamGroup[], version: Version): Loaded {
  const given = item(state_dict, 'param_groups') as Dict[];
  const saved = deepcopy(given);
  if (len(saved) !== groups.length)
    throw new ValueError('loaded state dict has a different number of parameter groups');
  const savedParams = saved.map((group) => item(group, 'params') as unknown[]);
  if (savedParams.some((params, i) => len(params) !== len(item(groups[i], 'params'))))
    throw new ValueError(
      "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    );
  const all = groups.flatMap(({ params }) => params);
  const byId = new Map(savedParams.flat().map((id, i) => [id, all[i]!]));
  const state = new DefaultDict();
  for (const [id, value] of items(item(state_dict, 'state'))) {
    const param = byId.get(id);
    if (param === undefined) state.set(id, value as Dict);
    else state.set(param, cast(value, param, movesStep(id, given), undefined) as Dict);
  }
  return { state, param_groups: saved.map((group, i) => update(groups[i]!, group, version)) };
}

function update(group: ParamGroup, saved: Dict, version: Version): ParamGroup {
  saved['params'] = group.params;
  if (version.param_names && has(group, 'param_names') && !has(saved, 'param_names'))
    saved['param_names'] = group['param_names'];
  return saved as ParamGroup;
}

/** Whether the saved group of an id wants `step` on the device and in float32. */
function movesStep(id: unknown, groups: readonly AnyDict[]): boolean {
  const group = groups.find((own) => (item(own, 'params') as unknown[]).includes(id));
  return group !== undefined && (truthy(get(group, 'capturable')) || truthy(get(group, 'fused')));
}

/** A value of the state for a parameter: tensors take its dtype and device, containers are rebuilt, the rest stays. */
function cast(value: unknown, param: Tensor, movesStep: boolean, key: unknown): unknown {
  if (value instanceof Tensor) return castTensor(value, param, movesStep, key);
  if (isDict(value)) {
    const entries = entriesOf(value).map(([k, v]) => [k, cast(v, param, movesStep, k)] as const);
    return entries.every(([k]) => typeof k === 'string')
      ? Object.fromEntries(entries as [string, unknown][])
      : new Map(entries);
  }
  if (typeof value === 'string') return GENERATOR;
  const inside = (v: unknown): unknown => cast(v, param, movesStep, undefined);
  if (value instanceof Set) return new Set([...value].map(inside));
  if (!Array.isArray(value)) return value;
  const list = value.map(inside);
  return Object.isFrozen(value) ? Object.freeze(list) : list;
}

function castTensor(value: Tensor, param: Tensor, movesStep: boolean, key: unknown): Tensor {
  if (key === 'step') return movesStep ? to(value, 'float32', param.device) : value;
  return to(value, param.dtype, param.device);
}

/** `tensor.to(dtype, device)`: the tensor itself where nothing changes. */
function to(tensor: Tensor, dtype: Tensor['dtype'], device: Tensor['device']): Tensor {
  if (tensor.dtype === dtype && tensor.device === device) return tensor;
  const data = allocate(dtype, tensor.storage.length);
  data.set(tensor.storage);
  return new Tensor({ dtype, device, shape: tensor.shape, strides: tensor.strides, data });
}

/** A string is iterable, so PyTorch rebuilds it from a generator, and gets the generator's text. */
const GENERATOR = '<generator object Optimizer.load_state_dict.<locals>._cast.<locals>.<genexpr> at 0x0>';

/**
 * `load_state_dict()`: matching by position, casting, and what the loaded groups become (clauses LSD-1 to LSD-21).
 */
import { PythonError, ValueError } from '../tensor/errors.ts';
import { is_grad_enabled } from '../tensor/grad-mode.ts';
import { cloned, Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { deepcopy } from './deepcopy.ts';
import {
  type AnyDict,
  assign,
  DefaultDict,
  type Dict,
  dictOf,
  entriesOf,
  get,
  has,
  isDict,
  item,
  items,
  len,
} from './dict.ts';
import { hashed } from './hashable.ts';
import { list, type ParamGroup } from './param-group.ts';
import { truthy } from './python.ts';
import type { Version } from './versions.ts';

/** State and groups, ready to replace an optimizer's. */
export interface Loaded {
  readonly state: DefaultDict;
  readonly param_groups: ParamGroup[];
}

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
  const given = item(state_dict, 'param_groups');
  const saved = deepcopy(given);
  if (len(saved) !== groups.length)
    throw new ValueError('loaded state dict has a different number of parameter groups');
  const all_saved = list(saved);
  if (groups.some((group, i) => len(item(group, 'params')) !== len(item(all_saved[i], 'params'))))
    throw new ValueError(
      "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    );
  const all = groups.flatMap((group) => list(item(group, 'params')) as Tensor[]);
  const ids = all_saved.flatMap((group) => list(item(group, 'params')));
  const byId = new Map(ids.map((id, i) => [hashed(id), all[i]!]));
  const state = new DefaultDict();
  for (const [id, value] of items(item(state_dict, 'state'))) {
    const param = byId.get(hashed(id));
    if (param === undefined) state.set(id, value as Dict);
    else state.set(param, cast(value, param, movesStep(id, list(given)), undefined) as Dict);
  }
  return { state, param_groups: all_saved.map((group, i) => update(groups[i]!, group as AnyDict, version)) };
}

function update(group: ParamGroup, saved: AnyDict, version: Version): ParamGroup {
  assign(saved, 'params', item(group, 'params'));
  if (version.param_names && has(group, 'param_names') && !has(saved, 'param_names'))
    assign(saved, 'param_names', item(group, 'param_names'));
  return saved as ParamGroup;
}

/** Whether the saved group of an id wants `step` on the device and in float32. */
function movesStep(id: unknown, groups: readonly unknown[]): boolean {
  const key = hashed(id);
  const group = groups.find((own) => list(item(own, 'params')).some((other) => hashed(other) === key)) as AnyDict;
  return group !== undefined && (truthy(get(group, 'capturable')) || truthy(get(group, 'fused')));
}

/** A value of the state for a parameter: tensors take its dtype and device, containers are rebuilt, the rest stays. */
function cast(value: unknown, param: Tensor, movesStep: boolean, key: unknown): unknown {
  if (value instanceof Tensor) return castTensor(value, param, movesStep, key);
  if (isDict(value)) {
    return dictOf(entriesOf(value).map(([k, v]) => [k, cast(v, param, movesStep, k)] as const));
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
  return to(value, param.dtype === 'int64' ? value.dtype : param.dtype, param.device); // LSD-13
}

/** `tensor.to(dtype, device)`: the tensor itself where nothing changes, else a copy without gaps, which autograd may record. */
function to(tensor: Tensor, dtype: Tensor['dtype'], device: Tensor['device']): Tensor {
  if (tensor.dtype === dtype && tensor.device === device) return tensor;
  const recorded = tensor.requires_grad && is_grad_enabled();
  const { strides, storage } = cloned(tensor, dtype);
  return new Tensor({
    ...{ dtype, device, shape: tensor.shape, strides, data: storage },
    ...(recorded ? { requires_grad: true, grad_fn: 'ToCopyBackward0' } : {}),
  });
}

/** A string is iterable, so PyTorch rebuilds it from a generator, and gets the generator's text. */
const GENERATOR = '<generator object Optimizer.load_state_dict.<locals>._cast.<locals>.<genexpr> at 0x0>';

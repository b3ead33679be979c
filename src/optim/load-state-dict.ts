/**
 * `load_state_dict()`: matching by position, casting, and what the loaded groups become (optimizer.py, line 881).
 */
import { contains } from '../python/contains.ts';
import { deepcopy } from '../python/deepcopy.ts';
import { type AnyDict, DefaultDict, type Dict, dictOf, entriesOf, get, has, isDict, items } from '../python/dict.ts';
import { TypeError, ValueError } from '../python/errors.ts';
import { hashed } from '../python/hashable.ts';
import { assign, item } from '../python/item.ts';
import { list } from '../python/iterate.ts';
import { len } from '../python/length.ts';
import { noAttribute } from '../python/no-attribute.ts';
import { bool } from '../python/truth.ts';
import { StoredTensor } from '../state-dict/stored-tensor.ts';
import { cloned } from '../tensor/creation.ts';
import { isFloating } from '../tensor/dtype.ts';
import { record } from '../tensor/autograd.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { ParamGroup } from './add-param-group.ts';
import type { Version } from './versions.ts';

/** State and groups, ready to replace an optimizer's. */
export interface Loaded {
  readonly state: DefaultDict;
  readonly param_groups: ParamGroup[];
}

/**
 * The shallow copy of a state dict that pre-hooks are given (clause HKS-11).
 *
 * @throws PythonError for what has no copy (clause LSD-3)
 */
export function shallowCopy(state_dict: unknown): AnyDict {
  if (Array.isArray(state_dict) && !Object.isFrozen(state_dict))
    return [...(state_dict as unknown[])] as unknown as Dict;
  if (!isDict(state_dict)) throw noAttribute(state_dict, 'copy');
  return state_dict instanceof Map ? new Map(state_dict) : { ...state_dict };
}

/**
 * What a state dict makes of an optimizer's state and groups; nothing of the optimizer is changed (clause LSD-17), nor
 * of the state dict (clause LSD-8).
 *
 * @throws in the order of LSD-3: KeyError for a missing key, ValueError when groups do not match in number or size,
 * TypeError for what is of another type (clause LSD-21); RuntimeError for a tensor that has no truth
 */
export function load(state_dict: unknown, own: unknown, version: Version): Loaded {
  const given = item(state_dict, 'param_groups');
  const saved = deepcopy(given); // LSD-11
  if (len(own) !== len(saved)) throw new ValueError('loaded state dict has a different number of parameter groups');
  list(saved).forEach((group, i) => refuseLost(`param_groups[${i}]`, group));
  const params = (group: unknown): unknown => item(group, 'params');
  const [groups, all_saved] = [list(own), list(saved)];
  if (groups.some((group, i) => len(params(group)) !== len(params(all_saved[i]))))
    throw new ValueError(
      "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    );
  const all = groups.flatMap((group) => list(params(group)) as Tensor[]);
  const ids = all_saved.flatMap((group) => list(params(group)));
  const byId = new Map(ids.map((id, i) => [hashed(id), all[i]!])); // LSD-4, LSD-20
  const state = new DefaultDict(); // LSD-6
  for (const [id, value] of items(item(state_dict, 'state'))) {
    refuseLost(`state[${String(id)}]`, value);
    const param = byId.get(hashed(id)); // LSD-5
    if (param === undefined) state.set(id, value as Dict);
    else state.set(param, cast(value, param, () => groupWith(id, list(given)), undefined) as Dict);
  }
  return {
    state,
    param_groups: all_saved.map((group, i) => withParams(groups[i] as AnyDict, group as AnyDict, version)),
  };
}

/**
 * A group of the file, whose options win (clause LSD-2), over the list of parameters of the optimizer's (clause
 * LSD-11).
 */
function withParams(group: AnyDict, saved: AnyDict, version: Version): ParamGroup {
  assign(saved, 'params', item(group, 'params'));
  if (version.param_names && has(group, 'param_names') && !has(saved, 'param_names'))
    assign(saved, 'param_names', item(group, 'param_names')); // LSD-12
  return saved as ParamGroup;
}

/**
 * PyTorch takes any dictionary for a buffer, and fails in the step; none has ever met one that a tensor became.
 *
 * @throws TypeError for an entry that was a tensor before it went through JSON or a copy, or is of no element type of the port
 */
function refuseLost(at: string, entry: unknown): void {
  for (const [key, value] of isDict(entry) ? entriesOf(entry) : []) {
    const name = `${at}['${String(key)}']`;
    if (value instanceof StoredTensor)
      throw new TypeError(`${name} is a tensor of ${value.dtype}, in which the port does not compute`);
    if (isDict(value) && has(value, 'dtype') && has(value, 'shape'))
      throw new TypeError(
        `${name} was a tensor before it became JSON or was copied; fromJSON of rmsproof/state-dict makes it one again`,
      );
  }
}

/** The first group of the file that contains an id. */
function groupWith(id: unknown, groups: readonly unknown[]): AnyDict | undefined {
  return groups.find((group) => contains(item(group, 'params'), id)) as AnyDict | undefined;
}

/**
 * A value of the state for a parameter: tensors take its dtype and device, containers are rebuilt, the rest stays
 * (clause LSD-13).
 *
 * @param saved looks for the file's group, at every tensor anew as PyTorch does: looking may throw (clause LSD-23)
 */
function cast(value: unknown, param: Tensor, saved: () => AnyDict | undefined, key: unknown): unknown {
  if (value instanceof Tensor) return castTensor(value, param, saved(), key);
  if (isDict(value)) {
    return dictOf(entriesOf(value).map(([k, v]) => [k, cast(v, param, saved, k)] as const));
  }
  if (typeof value === 'string') return GENERATOR;
  if (!Array.isArray(value) && !(value instanceof Set)) return value;
  const items = Array.from(value as Iterable<unknown>, (v) => cast(v, param, saved, undefined));
  const made = value instanceof Set ? new Set(items) : items;
  return Object.isFrozen(value) ? Object.freeze(made) : made;
}

function castTensor(value: Tensor, param: Tensor, saved: AnyDict | undefined, key: unknown): Tensor {
  if (key !== 'step') return to(value, isFloating(param.dtype) ? param.dtype : value.dtype, param.device);
  return saved !== undefined && wantsFloat(saved) ? to(value, 'float32', param.device) : value; // LSD-14
}

/** Whether a group wants `step` on the device and in float32. @throws RuntimeError for a tensor that has no truth */
function wantsFloat(group: AnyDict): boolean {
  return bool(get(group, 'capturable')) || bool(get(group, 'fused'));
}

/**
 * `tensor.to(dtype, device)`: the tensor itself where nothing changes (clause LSD-10), else a copy without gaps, which
 * autograd may record.
 */
function to(tensor: Tensor, dtype: Tensor['dtype'], device: Tensor['device']): Tensor {
  if (tensor.dtype === dtype && tensor.device === device) return tensor;
  const { strides, storage } = cloned(tensor, dtype);
  const made = new Tensor({ dtype, device, shape: tensor.shape, strides, data: storage });
  record('ToCopy', made, [tensor]);
  return made;
}

/** A string is iterable, so PyTorch rebuilds it from a generator, and gets the generator's text. */
const GENERATOR = '<generator object Optimizer.load_state_dict.<locals>._cast.<locals>.<genexpr> at 0x0>';

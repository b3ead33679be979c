/**
 * `state_dict()`: parameters become numbers, everything else stays the object that it is (clause SDT-7; optimizer.py, line
 * 681).
 */
import { type Dict, dictOf, items } from '../python/dict.ts';
import { KeyError } from '../python/errors.ts';
import { hashed } from '../python/hashable.ts';
import { item } from '../python/item.ts';
import { iterate, list } from '../python/iterate.ts';
import { type Json, toJSON } from '../state-dict/json.ts';
import { Tensor } from '../tensor/tensor.ts';

/** A group as it is saved: its options in their order, then `params` as ids (clause SDT-2). */
export type SavedGroup = Dict & { params: number[] };

/** What `state_dict()` returns: the live dictionaries of the state by id, and the groups (clause SDT-1). */
export interface StateDict {
  /**
   * By id of a parameter, in the order in which state was made (clause SDT-5); keys that are no tensors as they are
   * (clause SDT-6).
   */
  state: Map<unknown, Dict>;
  param_groups: SavedGroup[];
  /** The whole as JSON, without loss (spec/state-dict-json.md): what JSON.stringify writes. No entry of the dictionary. */
  toJSON?: () => Json;
}

/** JSON.stringify makes `{}` of a Map, and would lose the state without a word. */
class State extends Map<unknown, Dict> {
  /** By id, without loss. */
  toJSON(): Json {
    return toJSON(this);
  }
}

/**
 * Packs groups, and then state.
 *
 * @throws KeyError when the state has a tensor that is in no group; the message is its identity (clause SDT-6)
 */
export function pack(groups: unknown, own_state: unknown): StateDict {
  const ids = new Map<unknown, number>();
  let start = 0;
  const param_groups = Array.from(iterate(groups), (group) => {
    const options = items(group).filter(([key]) => key !== 'params'); // SDT-2
    const params = list(item(group, 'params'));
    // Of a parameter that stands twice in its group, the last place counts; one known from an earlier group keeps its id.
    const own = new Map(params.flatMap((p, i) => (ids.has(p) ? [] : [[p, start + i] as const])));
    for (const [p, id] of own) ids.set(p, id); // SDT-4
    const packed = params.map((p) => ids.get(p)!);
    start += packed.length; // SDT-3
    return dictOf([...options, ['params', packed]]) as SavedGroup;
  });
  const idOf = (key: unknown): unknown => {
    if (!(key instanceof Tensor)) return key;
    if (!ids.has(key)) throw new KeyError(UNKNOWN_TENSOR);
    return ids.get(key);
  };
  const state = dictionary(items(own_state).map(([key, value]) => [idOf(key), value])); // SDT-5
  return Object.defineProperty({ state, param_groups }, 'toJSON', {
    value(this: StateDict) {
      return toJSON(this);
    },
  });
}

/** Of entries with equal keys, the first key with the last value (clause SDT-6). */
function dictionary(entries: readonly (readonly [unknown, unknown])[]): Map<unknown, Dict> {
  const first = new Map<unknown, unknown>();
  const made = new State();
  for (const [key, value] of entries) {
    const equal = hashed(key);
    if (!first.has(equal)) first.set(equal, key);
    made.set(first.get(equal), value as Dict);
  }
  return made;
}

/** Python prints the address of the tensor. */
const UNKNOWN_TENSOR = '140000000000000';

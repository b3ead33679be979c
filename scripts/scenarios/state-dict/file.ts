/**
 * Files as values.
 */
import type { Value } from '../../../src/scenario/types.ts';
import { dict, type Options } from '../tiny.ts';

/** A group of a file with every option that a step of either version asks for. */
export function fullGroup(params: Value, more: Options = {}): Value {
  const options = { lr: 0.1, momentum: 0, alpha: 0.9, eps: 1e-8, centered: false, weight_decay: 0 };
  return dict({ ...options, ...more, params });
}

/** A file for an optimizer over two parameters, unless told otherwise. */
export function fileOf(state: Value, param_groups: Value = [fullGroup([0, 1])]): Value {
  return dict({ state, param_groups });
}

/**
 * The objects that a program names: optimizers, state dicts, checkpoints, copies, handles of hooks, and the group last added.
 */
import { CHECKPOINT } from './checkpoint.ts';
import type { Op } from './types.ts';

/** Names that an operation gives. */
export function madeBy(op: Op): readonly string[] {
  switch (op.op) {
    case 'optimizer':
      return [op.as ?? 'opt'];
    case 'state_dict':
      return [op.as ?? 'saved'];
    case 'save':
      return [op.as ?? CHECKPOINT];
    case 'add_param_group':
      return ['group'];
    case 'copy':
      return [op.as];
    case 'look':
      return op.as === undefined ? [] : [op.as];
    case 'getstate':
      return [op.as ?? 'pickled'];
    case 'hook':
      return [op.as ?? op.on];
    default:
      return [];
  }
}

/** Names that an operation needs to be there; where one could not be made, the operation is skipped. */
export function neededBy(op: Op): readonly string[] {
  switch (op.op) {
    case 'optimizer':
    case 'fill':
    case 'read':
    case 'grad':
    case 'backward':
    case 'default_dtype':
      return [];
    case 'copy':
      return [op.of];
    case 'remove_hook':
      return [op.hook];
    case 'look':
    case 'edit':
      return objectNames(op.at);
    case 'identity':
      return [...objectNames(op.a), ...objectNames(op.b)];
    case 'hook':
      return op.on.startsWith('global') ? [] : [op.optimizer ?? 'opt'];
    case 'load_state_dict':
      return [op.optimizer ?? 'opt', ...(op.value === undefined ? [op.from ?? 'saved'] : [])];
    case 'load':
      return [op.optimizer ?? 'opt', ...(op.value === undefined ? [op.from ?? CHECKPOINT] : [])];
    case 'setstate':
      return [op.optimizer ?? 'opt', ...(op.value === undefined ? [op.from ?? 'pickled'] : [])];
    default:
      return [op.optimizer ?? 'opt'];
  }
}

function objectNames([first]: readonly (string | number)[]): readonly string[] {
  return typeof first === 'string' && !first.startsWith('$') ? [first] : [];
}

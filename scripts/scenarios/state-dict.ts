/**
 * Area `state_dict`: what `state_dict` returns, what `load_state_dict` makes of it, copies, and the text of an optimizer.
 */
import { dtypes } from '../../src/tensor/dtype.ts';
import type { Group } from './group.ts';
import { cast } from './state-dict/cast.ts';
import { ids } from './state-dict/ids.ts';
import { keys } from './state-dict/keys.ts';
import { replaced } from './state-dict/replaced.ts';
import { live } from './state-dict/live.ts';
import { packing } from './state-dict/packing.ts';
import { resume } from './state-dict/resume.ts';

/** The groups of area `state_dict`. */
export function stateDictGroups(): Group[] {
  return [packing(), live(), ...dtypes.map(resume), ids(), keys(), ...cast(), ...replaced()];
}

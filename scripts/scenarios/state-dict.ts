/**
 * Area `state_dict`: what `state_dict` returns, what `load_state_dict` makes of it, copies, and the text of an optimizer.
 */
import { opmath_dtypes } from '../../src/tensor/dtype.ts';
import type { Group } from './group.ts';
import { aliasing } from './state-dict/aliasing.ts';
import { cast } from './state-dict/cast.ts';
import { copies } from './state-dict/copies.ts';
import { groupSizes } from './state-dict/group-sizes.ts';
import { ids } from './state-dict/ids.ts';
import { keys } from './state-dict/keys.ts';
import { live } from './state-dict/live.ts';
import { loadedGroups } from './state-dict/loaded-groups.ts';
import { names } from './state-dict/names.ts';
import { packing } from './state-dict/packing.ts';
import { refused } from './state-dict/refused.ts';
import { resume } from './state-dict/resume.ts';
import { step } from './state-dict/step.ts';
import { textOfOddTensors, textOfTensors } from './state-dict/text-of-tensors.ts';
import { textOfValues } from './state-dict/text-of-values.ts';
import { texts } from './state-dict/texts.ts';
import { anyIds } from './state-dict/any-ids.ts';
import { attributes } from './state-dict/attributes.ts';
import { int64 } from './state-dict/int64.ts';
import { keptObjects } from './state-dict/kept-objects.ts';
import { oddEntries } from './state-dict/odd-entries.ts';
import { oddFiles } from './state-dict/odd-files.ts';
import { replacedAttributes } from './state-dict/replaced.ts';
import { shallowCopies } from './state-dict/shallow.ts';
import { sharedObjects } from './state-dict/shared-objects.ts';

/** The groups of area `state_dict`. */
export function stateDictGroups(): Group[] {
  return [
    ...[packing(), live(), ...opmath_dtypes.map(resume), ids(), keys(), ...cast(), step(), names()],
    ...[aliasing(), loadedGroups(), ...refused(), ...groupSizes(), copies(), texts()],
    ...[...opmath_dtypes.map(textOfTensors), textOfOddTensors(), textOfValues()],
    ...[anyIds(), attributes(), keptObjects(), oddEntries(), oddFiles(), sharedObjects()],
    ...[replacedAttributes(), shallowCopies(), int64()],
  ];
}

/**
 * Area `errors`: everything that the constructor, add_param_group and step refuse, in which order, with which text.
 */
import { afterSteps } from './errors/after-steps.ts';
import { argumentsOf } from './errors/arguments.ts';
import { addGroup } from './errors/add-group.ts';
import { empty, wide } from './errors/apart.ts';
import { hyper } from './errors/hyper.ts';
import { keys } from './errors/keys.ts';
import { mixed } from './errors/mixed.ts';
import { overlapping } from './errors/overlapping.ts';
import { lrTensor } from './errors/lr-tensor.ts';
import { params } from './errors/params.ts';
import { recorded } from './errors/recorded.ts';
import { step } from './errors/step.ts';
import { texts } from './errors/texts.ts';
import { typeNames } from './errors/type-names.ts';
import type { Group } from './group.ts';
import { options } from './errors/options.ts';
import { buffers } from './errors/buffers.ts';
import { bool, int64 } from './errors/int64.ts';

/** The groups of area `errors`. */
export function errorsGroups(): Group[] {
  return [
    ...[hyper(), lrTensor(), params(), addGroup(), step(), keys(), texts(), wide(), empty(), options(), buffers()],
    ...[recorded(), argumentsOf(), typeNames(), mixed(), overlapping(), int64(), bool(), afterSteps()],
  ];
}

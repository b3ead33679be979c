/**
 * What a step leaves alone: gradients are not written, and parameters and state stay the same objects.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  clone,
  dict,
  edit,
  grad,
  gradOf,
  groupOf,
  look,
  optimizer,
  type Options,
  plain,
  read,
} from '../small.ts';
import { same, step, train } from '../small.ts';
import { BOTH_PATHS } from './flags.ts';

/** Group `untouched`. */
export function untouched(): Group {
  return groupOf(
    ['grads', 'untouched', 'gradients are not written; parameters and state stay the same objects'],
    [...BOTH_PATHS.map((row) => notWritten(...row)), ...differentiable(), ...BOTH_PATHS.flatMap((row) => kept(...row))],
    {
      ...{ clone: clone([3]), copy: clone([0.5]) },
      ...{
        count: plain([], [4]),
        mean: plain([2], [0.5, 0.25]),
        squares: plain([2], [1, 2]),
        buffer: plain([2], [0, 1]),
      },
    },
  );
}

function notWritten(id: string, options: Options): ScenarioCase {
  const program = [optimizer(options), train(2), gradOf('w'), gradOf('b'), step(), gradOf('w'), gradOf('b')];
  return caseOf(`gradients-${id}`, ['RMS-11'], [], program);
}

function differentiable(): readonly ScenarioCase[] {
  const flags: Options = { maximize: true, weight_decay: 0.1, momentum: 0.9, centered: true, differentiable: true };
  const program = [optimizer(flags, ['$clone']), grad('clone', [0.5]), step(), gradOf('clone'), read('clone')];
  return [caseOf('gradients-differentiable', ['RMS-11', 'GRD-1'], [], program)];
}

/** State of the scenario's own tensors shows by their names whether it is kept. */
function kept(id: string, options: Options): readonly ScenarioCase[] {
  const state: Record<string, Value> = { step: '$count', square_avg: '$squares' };
  if (options['momentum']) state['momentum_buffer'] = '$buffer';
  if (options['centered']) state['grad_avg'] = '$mean';
  const fill: Op = edit(['opt', 'state', '$w'], dict(state));
  const names = Object.values(state).map((name) => (name as string).slice(1));
  const program = [
    ...[optimizer(options, ['$w']), fill, train(2), look('opt', 'state', '$w'), read('w', ...names)],
    ...[look('opt', 'param_groups', 0, 'params'), same(['opt', 'state', '$w', 'square_avg'], ['$squares'])],
  ];
  return [caseOf(`state-${id}`, ['RMS-11', 'STA-1', 'RMS-3'], ['state'], program)];
}

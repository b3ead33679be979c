/**
 * A step count that is an integer tensor: files have one where the count was made by `torch.tensor(0)`.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, edit, fresh, groupOf, load, optimizer, type Options, plain, read, same } from '../tiny.ts';
import { save, state, train, train2 } from '../tiny.ts';

const NEEDS: readonly Need[] = ['errors', 'messages', 'state', 'int64'];

/** Group `int64`. */
export function int64(): Group {
  const tensors = { three: plain([], [3], 'int64'), four: plain([2], [4, 9], 'int64') };
  return groupOf(['state_dict', 'int64', 'a step count that is an integer tensor'], steps(), { tensors });
}

/** It stays one, and counts on. */
function steps(): readonly ScenarioCase[] {
  const of = (id: string, needs: readonly Need[], edits: readonly Op[], options: Options = {}): ScenarioCase =>
    caseOf(
      id,
      ['LSD-14'],
      [...NEEDS, ...needs],
      [
        ...[optimizer(), train(1), save(), edit(['saved', 'state', 0, 'step'], '$three')],
        ...[...edits, fresh(options), load('fresh')],
        ...[state('fresh'), same(['fresh', 'state', '$w2', 'step'], ['saved', 'state', 0, 'step'])],
        ...[train2(2, { after: 1 }), state('fresh'), read('w2', 'b2', 'three', 'four')],
      ],
    );
  const option = (name: string, value: Value): Op => edit(['saved', 'param_groups', 0, name], value);
  return [
    of('step', [], []),
    of('step+foreach', ['foreach'], [option('foreach', true)]),
    of('step+differentiable', ['differentiable'], [option('differentiable', true)], { differentiable: true }),
    of('step-capturable', ['capturable'], [option('capturable', true)]),
    of('step-fused', [], [option('fused', true)]),
  ];
}

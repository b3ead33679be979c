/**
 * The base class with defaults of its own.
 */
import type { Op, OptimizerOp, Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { load, logging, save } from '../tiny.ts';
import { add, caseOf, dict, groupOf, GROUPS, look, type Options, step } from '../small.ts';

const REPR: Op = { op: 'repr' };

/** The group `any-keys`. */
export function anyKeys(): Group {
  return groupOf(
    ['groups', 'any-keys', 'the base class with defaults of its own'],
    [
      caseOf(
        'base',
        ['GRP-13'],
        ['errors', 'messages', 'repr', 'state_dict', 'zero_grad'],
        [
          ...[base(['$w'], { lr: 0.1 }), GROUPS, REPR, step(), save(), load(), { op: 'zero_grad' } as const],
          ...[add({ params: ['$b'] }), GROUPS, look('opt', 'defaults'), logging('step_pre', 'before'), step()],
        ],
      ),
      caseOf(
        'base-required',
        ['GRP-13', 'GRP-2'],
        ['errors', 'messages'],
        [
          base(['$w'], { lr: 0.1 }, ['momentum']),
          base([dict({ params: ['$w'], momentum: 0.5 })], { lr: 0.1 }, ['momentum']),
          ...[GROUPS, add({ params: ['$b'] }), add({ params: ['$b'], momentum: 1 }), GROUPS],
        ],
      ),
      caseOf(
        'base-without-defaults',
        ['GRP-13'],
        ['errors', 'messages', 'repr', 'state_dict'],
        [...[base([], {}), base('$w', {}), base(['$w'], {}), GROUPS, REPR, save()]],
      ),
    ],
  );
}

function base(params: Value, options: Options, required?: readonly string[]): OptimizerOp {
  return { op: 'optimizer', params, options, class: 'Optimizer', ...(required ? { required } : {}) };
}

/**
 * Groups with keys of any type, and the base class with defaults of its own.
 */
import type { Op, OptimizerOp, Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { byId, copy, edit, load, logging, remove, rename, save } from '../tiny.ts';
import {
  add,
  caseOf,
  dict,
  groupOf,
  GROUPS,
  look,
  optimizer,
  type Options,
  set,
  STATE,
  step,
  train,
} from '../small.ts';
import { tuple } from '../small.ts';

const REPR: Op = { op: 'repr' };

/** The group `any-keys`. */
export function anyKeys(): Group {
  const keys: readonly (readonly [name: string, key: Value])[] = [
    ...([
      ['integer', 7],
      ['digits', '7'],
      ['none', null],
      ['boolean', true],
      ['tuple', tuple(1, 2)],
    ] as const),
  ];
  const all = [train(1), STATE, GROUPS, REPR, save(), load(), GROUPS, train(1, { after: 1 })];
  return groupOf(
    ['groups', 'any-keys', 'groups with keys that are no names; the base class'],
    [
      ...keys.map(([name, key]) =>
        caseOf(
          `key-${name}`,
          ['GRP-12'],
          ['state_dict', 'deepcopy', 'repr', 'errors', 'messages'],
          [
            ...[optimizer({}, [keyed(key)]), ...all, add({ params: ['$b'] }), copy('opt', 'copied')],
            look('copied', 'param_groups'),
          ],
        ),
      ),
      caseOf(
        'key-among-integers',
        ['GRP-12'],
        ['state_dict', 'repr', 'errors', 'messages'],
        [
          optimizer({}, [
            {
              $dict: [
                ['params', ['$w']],
                [10, 'x'],
                [9, 1],
                ['lr', 0.1],
              ],
            },
          ]),
          ...[GROUPS, REPR, save()],
        ],
      ),
      caseOf(
        'added-with-integer',
        ['GRP-12'],
        ['errors', 'messages'],
        [
          optimizer({}, ['$w']),
          { op: 'add_param_group', group: byId(['params', ['$b']], [3, 1]) },
          ...[GROUPS, { op: 'add_param_group', group: byId([3, 1]) } as const, GROUPS],
        ],
      ),
      caseOf(
        'changed',
        ['GRP-12', 'RMS-10'],
        ['errors', 'messages'],
        [
          ...[optimizer({}, [keyed('7')]), set('lr', 0.5), edit(['opt', 'param_groups', 0, '7'], 5), train(1), GROUPS],
          ...[
            rename(['opt', 'param_groups', 0, 'lr'], 'rate'),
            train(1),
            remove('opt', 'param_groups', 0, 'rate'),
            GROUPS,
          ],
        ],
      ),
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

function keyed(key: Value): Value {
  return {
    $dict: [
      ['params', ['$w']],
      [key, 'x'],
    ],
  };
}

function base(params: Value, options: Options, required?: readonly string[]): OptimizerOp {
  return { op: 'optimizer', params, options, class: 'Optimizer', ...(required ? { required } : {}) };
}

/**
 * Files in which keys are missing, and files with more than expected.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, edit, fresh, groupOf, load, look, optimizer, plain, read } from '../tiny.ts';
import { remove, same, save, state, train, train2 } from '../tiny.ts';
import { edited } from './edited.ts';

/** Group `keys`. */
export function keys(): Group {
  const tensors = { old: plain([2], [4, 9]), wide: plain([3], [1, 2, 3], 'float64') };
  return groupOf(
    ['state_dict', 'keys', 'files in which keys are missing, or more than expected'],
    [...missing(), ...extra()],
    { tensors },
  );
}

const OPTIONS = [
  ...['lr', 'momentum', 'alpha', 'eps', 'centered', 'weight_decay'],
  ...['capturable', 'foreach', 'maximize', 'differentiable'],
];

function missing(): ScenarioCase[] {
  const groups = look('fresh', 'param_groups');
  const without = (...names: readonly string[]): Op[] => [
    optimizer({ momentum: 0.9 }),
    train(1),
    save(),
    // 2.1 has no capturable to delete: the error of the edit is the same wherever it is run.
    ...names.map((name) => remove('saved', 'param_groups', 0, name)),
    fresh({ momentum: 0.5, centered: true, maximize: true, lr: 3 }),
    load('fresh'),
    groups,
    train2(1, { after: 1 }),
    read('w2', 'b2'),
    state('fresh'),
  ];
  const required = ['lr', 'alpha', 'eps', 'weight_decay'];
  return [
    ...OPTIONS.filter((name) => name !== 'capturable').map((name) =>
      caseOf(`without-${name}`, ['LSD-9'], required.includes(name) ? ['errors', 'messages'] : [], without(name)),
    ),
    caseOf('without-capturable', ['LSD-9'], ['capturable', 'errors', 'messages'], without('capturable')),
    caseOf('without-newer-options', ['LSD-9'], [], without('maximize', 'foreach', 'differentiable')),
    caseOf(
      'without-any-option',
      ['LSD-9'],
      ['errors', 'messages'],
      [...edited(edit(['saved', 'param_groups', 0], dict({ params: [0, 1] }))), groups, train2(1, { after: 1 })],
    ),
    ...(['state', 'param_groups'] as const).map((key) =>
      caseOf(
        `without-${key}`,
        ['LSD-3'],
        ['errors', 'messages'],
        [...edited(remove('saved', key)), groups, look('fresh', 'state')],
      ),
    ),
    caseOf(
      'without-params',
      ['LSD-3'],
      ['errors', 'messages'],
      [...edited(remove('saved', 'param_groups', 0, 'params')), groups, look('fresh', 'state')],
    ),
    ...['step', 'square_avg', 'momentum_buffer', 'grad_avg'].map((key) =>
      caseOf(
        `without-${key}`,
        key === 'step' ? ['LSD-16'] : ['LSD-18'],
        ['errors', 'messages'],
        [
          optimizer({ momentum: 0.9, centered: true }),
          train(1),
          save(),
          remove('saved', 'state', 1, key),
          fresh(),
          load('fresh'),
          state('fresh'),
          groups,
          train2(1, { after: 1 }),
          state('fresh'),
        ],
      ),
    ),
  ];
}

function extra(): ScenarioCase[] {
  return [
    caseOf(
      'extra-at-the-top',
      ['LSD-8'],
      [],
      [...edited(edit(['saved', 'epoch'], 12), edit(['saved', 'other'], ['x'])), save('fresh', 'again'), look('saved')],
    ),
    caseOf(
      'extra-in-a-group',
      ['LSD-11', 'LSD-12'],
      [],
      [
        ...edited(
          edit(['saved', 'param_groups', 0, 'initial_lr'], 0.5),
          edit(['saved', 'param_groups', 0, 'list'], [1, ['$old']]),
        ),
        look('fresh', 'param_groups'),
        same(['fresh', 'param_groups', 0, 'list'], ['saved', 'param_groups', 0, 'list']),
        same(['fresh', 'param_groups', 0, 'list', 1, 0], ['$old']),
        save('fresh', 'again'),
      ],
    ),
    caseOf(
      'extra-in-an-entry',
      ['LSD-13', 'SDT-6'],
      [],
      [
        ...edited(edit(['saved', 'state', 0, 'extra'], '$wide'), edit(['saved', 'state', 0, 'count'], 5)),
        state('fresh'),
        train2(1, { after: 1 }),
        state('fresh'),
      ],
    ),
    caseOf(
      'own-keys-not-in-the-file',
      ['LSD-11'],
      [],
      [
        optimizer(),
        save(),
        fresh({}, [dict({ params: ['$w2', '$b2'], note: 'own', lr: 3 })]),
        load('fresh'),
        look('fresh', 'param_groups'),
      ],
    ),
  ];
}

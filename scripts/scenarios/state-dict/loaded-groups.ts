/**
 * What loading makes of the groups, the defaults and the hooks.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, edit, fresh, groupOf, load, logging, look, optimizer, plain } from '../tiny.ts';
import { same, save, state, train, train2 } from '../tiny.ts';

/** Group `loaded-groups`. */
export function loadedGroups(): Group {
  const tensors = { rate: plain([], [0.25]) };
  return groupOf(['state_dict', 'loaded-groups', 'groups and defaults after loading'], cases(), { tensors });
}

function cases(): ScenarioCase[] {
  return [
    caseOf(
      'options-of-the-file',
      ['LSD-2', 'LSD-11'],
      [],
      [
        optimizer({
          lr: 0.5,
          alpha: 0.9,
          eps: 0.001,
          weight_decay: 0.1,
          momentum: 0.9,
          centered: true,
          maximize: true,
        }),
        save(),
        fresh(),
        load('fresh'),
        look('fresh', 'param_groups'),
        look('fresh', 'defaults'),
        train2(1),
      ],
    ),
    caseOf(
      'defaults-for-groups-added-later',
      ['LSD-2'],
      [],
      [
        optimizer({ lr: 0.5, momentum: 0.9 }),
        save(),
        fresh({ lr: 0.25 }, ['$w2']),
        edit(['saved', 'param_groups', 0, 'params'], [0]),
        load('fresh'),
        add({ params: ['$b2'] }, 'fresh'),
        look('fresh', 'param_groups'),
        look('fresh', 'defaults'),
      ],
    ),
    caseOf(
      'values-of-the-file-are-not-checked',
      ['LSD-2', 'RMS-10'],
      [],
      [
        optimizer(),
        save(),
        edit(['saved', 'param_groups', 0, 'lr'], -0.5),
        edit(['saved', 'param_groups', 0, 'weight_decay'], -1),
        fresh(),
        load('fresh'),
        train2(1),
      ],
    ),
    caseOf(
      'order-of-the-file',
      ['LSD-11'],
      [],
      [
        optimizer(),
        save(),
        edit(
          ['saved', 'param_groups', 0],
          dict({ params: [0, 1], note: 'x', eps: 1, alpha: 0.5, weight_decay: 0, lr: 0.5, maximize: true }),
        ),
        fresh(),
        load('fresh'),
        look('fresh', 'param_groups'),
        save('fresh', 'again'),
      ],
    ),
    caseOf(
      'new-groups-old-params',
      ['LSD-11'],
      [],
      [
        optimizer({}, ['$w']),
        add({ params: ['$b'] }),
        save(),
        same(['group'], ['opt', 'param_groups', 1]),
        load(),
        same(['group'], ['opt', 'param_groups', 1]),
        same(['group', 'params'], ['opt', 'param_groups', 1, 'params']),
        edit(['group', 'lr'], 3),
        look('opt', 'param_groups', 1, 'lr'),
        edit(['group', 'params', 0], '$b2'),
        look('opt', 'param_groups', 1, 'params'),
      ],
    ),
    caseOf(
      'lr-tensor',
      ['LSD-11', 'LSD-10'],
      [],
      [
        optimizer({ lr: '$rate' }),
        train(1),
        save(),
        fresh(),
        load('fresh'),
        look('fresh', 'param_groups', 0, 'lr'),
        same(['fresh', 'param_groups', 0, 'lr'], ['saved', 'param_groups', 0, 'lr']),
        train2(1, { after: 1 }),
      ],
    ),
    caseOf(
      'own-lr-tensor',
      ['LSD-2'],
      [],
      [
        optimizer(),
        save(),
        fresh({ lr: '$rate' }),
        load('fresh'),
        look('fresh', 'param_groups', 0, 'lr'),
        look('fresh', 'defaults', 'lr'),
      ],
    ),
    caseOf(
      'momentum-of-the-file-without-buffers',
      ['LSD-2', 'STA-4'],
      ['momentum', 'errors', 'messages'],
      [
        optimizer(),
        train(1),
        save(),
        edit(['saved', 'param_groups', 0, 'momentum'], 0.9),
        fresh(),
        load('fresh'),
        train2(1, { after: 1 }),
        state('fresh'),
      ],
    ),
    caseOf(
      'momentum-dropped-by-the-file',
      ['LSD-2', 'STA-4'],
      ['momentum'],
      [
        optimizer({ momentum: 0.9 }),
        train(1),
        save(),
        edit(['saved', 'param_groups', 0, 'momentum'], 0),
        fresh({ momentum: 0.9 }),
        load('fresh'),
        train2(1, { after: 1 }),
        state('fresh'),
      ],
    ),
    ...scheduled(),
    caseOf('hooks-stay', ['LSD-7'], [], [optimizer(), logging('step_pre'), save(), load(), train(1)]),
    caseOf(
      'state-looked-at',
      ['LSD-6', 'STA-1'],
      [],
      [optimizer(), save(), load(), look('opt', 'state', '$b'), look('opt', 'state'), train(1), state()],
    ),
    caseOf(
      'empty-groups',
      ['LSD-3'],
      [],
      [
        optimizer({}, [dict({ params: [] }), dict({ params: ['$w'] })]),
        train(1),
        save(),
        load(),
        look('opt', 'param_groups'),
        state(),
      ],
    ),
  ];
}

/** What a scheduler leaves in a group: `lr` as it is now, and `initial_lr` as it was. */
function scheduled(): ScenarioCase[] {
  const schedule = (optimizer: string, initial: number, lr: number): Op[] => [
    edit([optimizer, 'param_groups', 0, 'initial_lr'], initial),
    edit([optimizer, 'param_groups', 0, 'lr'], lr),
  ];
  const into = (id: string, from: readonly Op[], to: readonly Op[]): ScenarioCase =>
    caseOf(
      id,
      ['LSD-2', 'LSD-11'],
      [],
      [
        ...[optimizer({ lr: 0.5 }), ...from, train(1), save(), fresh({ lr: 0.25 }), ...to, load('fresh')],
        ...[look('fresh', 'param_groups'), look('fresh', 'defaults'), train2(1, { after: 1 }), save('fresh', 'again')],
      ],
    );
  return [
    into('scheduled-into-fresh', schedule('opt', 0.5, 0.125), []),
    into('unscheduled-into-scheduled', [], schedule('fresh', 0.25, 0.0625)),
    into('scheduled-into-scheduled', schedule('opt', 0.5, 0.125), schedule('fresh', 0.25, 0.0625)),
  ];
}

/**
 * What loading replaces and what it keeps: which objects are new, which are the file's, which are the optimizer's own.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, copy, dict, edit, fresh, groupOf, hook, load, look, optimizer, plain, read } from '../tiny.ts';
import { remove, same, save, set, state, train, train2, twins } from '../tiny.ts';

/** Groups `aliasing` and `groups`. */
export function replaced(): Group[] {
  const tensors = { ...twins(), rate: plain([], [0.25]), old: plain([2], [4, 9]) };
  return [
    groupOf(['state_dict', 'aliasing', 'what an optimizer shares with the file that it loaded'], aliasing(), {
      tensors,
    }),
    groupOf(['state_dict', 'loaded-groups', 'groups and defaults after loading'], groups(), { tensors }),
  ];
}

function aliasing(): ScenarioCase[] {
  const loaded = [optimizer({ momentum: 0.9 }), train(1), save(), fresh(), load('fresh')];
  const tensor = (key: string): ReturnType<typeof same> =>
    same(['fresh', 'state', '$w2', key], ['opt', 'state', '$w', key]);
  return [
    caseOf(
      'identities',
      ['LSD-10'],
      [],
      [
        ...loaded,
        ...['step', 'square_avg', 'momentum_buffer'].slice(1).map(tensor),
        same(['fresh', 'state', '$w2'], ['opt', 'state', '$w']),
        same(['fresh', 'state', '$w2'], ['saved', 'state', 0]),
        same(['fresh', 'state'], ['saved', 'state']),
        same(['fresh', 'param_groups'], ['saved', 'param_groups']),
        same(['fresh', 'param_groups', 0], ['saved', 'param_groups', 0]),
        same(['fresh', 'param_groups', 0, 'params'], ['saved', 'param_groups', 0, 'params']),
      ],
    ),
    caseOf(
      'loading-optimizer-steps',
      ['LSD-10'],
      ['state'],
      [...loaded, train2(1, { after: 1 }), state(), look('saved', 'state'), state('fresh')],
    ),
    caseOf(
      'saving-optimizer-steps',
      ['LSD-10'],
      ['state'],
      [...loaded, train(1, { after: 1 }), state('fresh'), train2(1, { after: 1 }), read('w', 'w2', 'b', 'b2')],
    ),
    caseOf(
      'in-turns',
      ['LSD-10'],
      ['state'],
      [
        ...loaded,
        train(1, { after: 1 }),
        train2(1, { after: 1 }),
        train(1, { after: 2 }),
        train2(1, { after: 2 }),
        state(),
        state('fresh'),
        read('w', 'w2', 'b', 'b2'),
      ],
    ),
    caseOf(
      'file-changed-after',
      ['LSD-10'],
      [],
      [
        ...loaded,
        edit(['saved', 'state', 0, 'square_avg'], '$old'),
        remove('saved', 'state', 1),
        edit(['saved', 'param_groups', 0, 'lr'], 0.5),
        state('fresh'),
        look('fresh', 'param_groups', 0, 'lr'),
      ],
    ),
    caseOf(
      'three-optimizers',
      ['LSD-10'],
      ['state'],
      [
        ...loaded,
        fresh({}, ['$w2', '$b2'], 'third'),
        load('third'),
        same(['fresh', 'state', '$w2', 'square_avg'], ['third', 'state', '$w2', 'square_avg']),
        same(['fresh', 'state', '$w2'], ['third', 'state', '$w2']),
        train2(1, { after: 1 }),
        state('third'),
      ],
    ),
    caseOf(
      'deep-copy-of-the-file',
      ['LSD-10', 'RPR-6'],
      ['state'],
      [
        optimizer({ momentum: 0.9 }),
        train(1),
        save(),
        copy('saved', 'kept'),
        fresh(),
        load('fresh', 'kept'),
        same(['saved', 'state', 0, 'square_avg'], ['kept', 'state', 0, 'square_avg']),
        ...['square_avg', 'momentum_buffer'].map(tensor),
        train2(1, { after: 1 }),
        state(),
        look('saved', 'state'),
        look('kept', 'state'),
      ],
    ),
    caseOf(
      'into-itself',
      ['LSD-10', 'LSD-11'],
      ['state'],
      [
        optimizer({ momentum: 0.9 }),
        train(2),
        save(),
        load(),
        same(['opt', 'state', '$w', 'square_avg'], ['saved', 'state', 0, 'square_avg']),
        same(['opt', 'state', '$w'], ['saved', 'state', 0]),
        look('opt', 'param_groups'),
        train(1, { after: 2 }),
        state(),
        look('saved', 'state'),
      ],
    ),
    caseOf(
      'back-in-time',
      ['LSD-10'],
      ['state'],
      [
        optimizer({ momentum: 0.9 }),
        train(1),
        save(),
        train(2, { after: 1 }),
        // The file has gone on with the optimizer.
        load(),
        state(),
        train(1, { after: 3 }),
      ],
    ),
    caseOf(
      'twice',
      ['LSD-10', 'LSD-11'],
      ['state'],
      [
        ...loaded,
        train2(1, { after: 1 }),
        load('fresh'),
        state('fresh'),
        look('fresh', 'param_groups'),
        save('fresh', 'again'),
      ],
    ),
    caseOf(
      'file-is-not-changed',
      ['LSD-8'],
      [],
      [
        ...loaded,
        look('saved'),
        set('lr', 0.5, 'fresh'),
        add({ params: ['$rate'] }, 'fresh'),
        look('saved', 'param_groups'),
      ],
    ),
  ];
}

function groups(): ScenarioCase[] {
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
        edit(['saved', 'param_groups', 0, 'alpha'], 2),
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
    caseOf('hooks-stay', ['LSD-17'], [], [optimizer(), hook('step_pre', [{ log: 'pre' }]), save(), load(), train(1)]),
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

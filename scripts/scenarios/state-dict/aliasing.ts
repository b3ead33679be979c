/**
 * What an optimizer shares with the file that it loaded, and with the optimizer that the file is from.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, copy, edit, fresh, groupOf, load, look, optimizer, plain, read, remove } from '../tiny.ts';
import { same, save, set, state, train, train2 } from '../tiny.ts';

/** Group `aliasing`. */
export function aliasing(): Group {
  const tensors = { rate: plain([], [0.25]), old: plain([2], [4, 9]) };
  return groupOf(['state_dict', 'aliasing', 'what an optimizer shares with the file that it loaded'], cases(), {
    tensors,
  });
}

function cases(): ScenarioCase[] {
  const loaded = [optimizer({ momentum: 0.9 }), train(1), save(), fresh(), load('fresh')];
  const tensor = (key: string): Op => same(['fresh', 'state', '$w2', key], ['opt', 'state', '$w', key]);
  return [
    caseOf(
      'identities',
      ['LSD-10'],
      [],
      [
        ...loaded,
        ...['square_avg', 'momentum_buffer'].map(tensor),
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

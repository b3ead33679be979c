/**
 * Files with ids of every kind: renamed, swapped, repeated, unknown.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, dict, edit, fresh, groupOf, load, look, optimizer, plain } from '../tiny.ts';
import { remove, rename, same, save, state, train, train2 } from '../tiny.ts';
import { edited } from './edited.ts';

/** Group `ids`. */
export function ids(): Group {
  const tensors = { old: plain([2], [4, 9]), wide: plain([3], [1, 2, 3], 'float64') };
  return groupOf(['state_dict', 'ids', 'files with ids of every kind'], cases(), { tensors });
}

const SAVED_IDS = ['saved', 'param_groups', 0, 'params'] as const;

/** Renames the ids of the two parameters. */
function renamed(first: string | number, second: string | number): Op[] {
  return [
    edit(SAVED_IDS, [first, second]),
    rename(['saved', 'state', 0], first),
    rename(['saved', 'state', 1], second),
  ];
}

function cases(): ScenarioCase[] {
  const after = [state('fresh'), save('fresh', 'again'), train2(1, { after: 1 })];
  return [
    caseOf('numbers', ['LSD-4'], ['state'], [...edited(...renamed(7, 3)), ...after]),
    caseOf('texts', ['LSD-4'], ['state'], [...edited(...renamed('weight', 'bias')), ...after]),
    caseOf(
      'null',
      ['LSD-4'],
      [],
      [
        ...edited(
          edit(SAVED_IDS, [null, 1]),
          edit(['saved', 'state'], byId([null, dict({ step: 5, square_avg: '$old' })])),
        ),
        state('fresh'),
        train2(1, { after: 1 }),
      ],
    ),
    caseOf(
      'swapped',
      ['LSD-4'],
      ['state'],
      [optimizer(), train(1), save(), edit(SAVED_IDS, [1, 0]), fresh({}, ['$b2', '$w2']), load('fresh'), ...after],
    ),
    caseOf(
      'repeated',
      ['LSD-4'],
      [],
      [...edited(edit(SAVED_IDS, [1, 1])), look('fresh', 'state'), save('fresh', 'again'), train2(1, { after: 1 })],
    ),
    caseOf(
      'repeated-in-groups',
      ['LSD-4'],
      [],
      [
        optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
        train(1),
        save(),
        edit(['saved', 'param_groups', 1, 'params'], [0]),
        fresh({}, [dict({ params: ['$b2'] }), dict({ params: ['$w2'] })]),
        load('fresh'),
        look('fresh', 'state'),
        save('fresh', 'again'),
      ],
    ),
    caseOf(
      'positions-over-groups',
      ['LSD-4'],
      ['state'],
      [
        optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
        train(1),
        save(),
        edit(['saved', 'param_groups', 0, 'params'], ['b']),
        edit(['saved', 'param_groups', 1, 'params'], ['a']),
        rename(['saved', 'state', 0], 'b'),
        rename(['saved', 'state', 1], 'a'),
        fresh({}, [dict({ params: ['$w2'] }), dict({ params: ['$b2'] })]),
        load('fresh'),
        ...after,
      ],
    ),
    caseOf(
      'order-of-the-file',
      ['LSD-6'],
      [],
      [
        optimizer(),
        train(3, { gradients: 'late' }),
        save(),
        fresh(),
        load('fresh'),
        state('fresh'),
        train2(1, { after: 3 }),
        save('fresh', 'again'),
      ],
    ),
    caseOf('no-entry', ['LSD-6', 'STA-1'], [], [...edited(remove('saved', 'state', 0)), ...after, state('fresh')]),
    caseOf(
      'empty-entry',
      ['LSD-6', 'STA-1'],
      [],
      [...edited(edit(['saved', 'state', 0], dict())), ...after, state('fresh')],
    ),
    caseOf('no-entries', ['LSD-6'], [], [...edited(edit(['saved', 'state'], dict())), ...after]),
    caseOf(
      'state-absent-before',
      ['LSD-6'],
      [],
      [optimizer(), save(), train(1), load(), look('opt', 'state'), train(1, { after: 1 }), state()],
    ),
    caseOf(
      'state-of-unknown-ids',
      ['LSD-5'],
      [],
      [
        ...edited(rename(['saved', 'state', 0], 'weight'), rename(['saved', 'state', 1], 9)),
        look('fresh', 'state'),
        train2(1, { after: 1 }),
        save('fresh', 'again'),
        same(['again', 'state', 'weight'], ['saved', 'state', 'weight']),
      ],
    ),
    caseOf(
      'unknown-id-kept-as-is',
      ['LSD-5'],
      [],
      [
        ...edited(edit(['saved', 'state', 9], dict({ square_avg: '$wide', list: ['$wide', 'text'] }))),
        look('fresh', 'state'),
        same(['fresh', 'state', 9, 'list'], ['saved', 'state', 9, 'list']),
        save('fresh', 'again'),
      ],
    ),
    caseOf(
      'unknown-id-of-any-value',
      ['LSD-5'],
      [],
      [
        ...edited(edit(['saved', 'state', 'test'], 'text'), edit(['saved', 'state', 5], null)),
        look('fresh', 'state'),
        train2(1, { after: 1 }),
        save('fresh', 'again'),
      ],
    ),
    caseOf(
      'unknown-id-in-the-way',
      ['LSD-5', 'SDT-6'],
      [],
      [
        ...edited(
          edit(SAVED_IDS, ['weight', 'bias']),
          edit(['saved', 'state', 0], dict({ note: 'unknown' })),
          rename(['saved', 'state', 1], 'weight'),
        ),
        look('fresh', 'state'),
        save('fresh', 'again'),
      ],
    ),
  ];
}

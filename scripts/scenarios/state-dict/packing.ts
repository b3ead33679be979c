/**
 * What `state_dict` returns: groups and ids, and the order of the state.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { add, byId, caseOf, dict, edit, fresh, groupOf, load, look, optimizer, plain, read, remove } from '../tiny.ts';
import { same, save, state, train, train2 } from '../tiny.ts';

const ALL = ['$w', '$b', '$w2', '$b2'];
const everyone = (...lists: readonly (readonly string[])[]): ReturnType<typeof optimizer> =>
  optimizer(
    {},
    lists.map((params) => dict({ params })),
  );

/** Group `packing`. */
export function packing(): Group {
  return groupOf(
    ['state_dict', 'packing', 'groups, ids and the order of the state'],
    [...groups(), ...ids(), ...order()],
    { tensors: { rate: plain([], [0.25]) } },
  );
}

function groups(): ScenarioCase[] {
  return [
    caseOf('before-any-step', ['SDT-1', 'SDT-2'], [], [optimizer(), save()]),
    caseOf('after-a-step', ['SDT-1', 'SDT-2', 'SDT-5'], ['state'], [optimizer(), train(1), save()]),
    caseOf(
      'everything',
      ['SDT-2', 'SDT-5'],
      ['state'],
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
        train(1),
        save(),
      ],
    ),
    caseOf(
      'own-key-order',
      ['SDT-2'],
      [],
      [
        optimizer({}, [
          dict({ note: 'first', lr: 0.5, params: ['$w'], eps: 0.001 }),
          dict({ params: ['$b'], other: [1, null] }),
        ]),
        save(),
      ],
    ),
    caseOf(
      'option-added-later',
      ['SDT-2'],
      [],
      [
        optimizer(),
        edit(['opt', 'param_groups', 0, 'initial_lr'], 0.5),
        remove('opt', 'param_groups', 0, 'eps'),
        save(),
      ],
    ),
    caseOf(
      'lr-tensor',
      ['SDT-2'],
      [],
      [optimizer({ lr: '$rate' }), train(1), save(), same(['saved', 'param_groups', 0, 'lr'], ['$rate'])],
    ),
    caseOf(
      'named',
      ['SDT-2'],
      [],
      [optimizer({}, [{ $tuple: ['weight', '$w'] }, { $tuple: ['bias', '$b'] }]), train(1), save()],
    ),
  ];
}

function ids(): ScenarioCase[] {
  const doubled = ['messages'] as const;
  return [
    caseOf('several-groups', ['SDT-3'], ['state'], [everyone(['$w', '$b'], ['$w2'], ['$b2']), train(1), save()]),
    caseOf('empty-group', ['SDT-3'], [], [everyone(['$w', '$b'], [], ['$b2']), train(1), save()]),
    caseOf('added-group', ['SDT-3'], [], [optimizer(), train(1), add({ params: ['$w2'], lr: 0.5 }), save()]),
    caseOf('duplicate', ['SDT-4'], doubled, [optimizer({}, ['$w', '$b', '$w']), train(1), save()]),
    caseOf('duplicate-alone', ['SDT-4'], doubled, [everyone(['$w', '$w'], ['$b']), train(1), save()]),
    caseOf('duplicate-thrice', ['SDT-4'], doubled, [everyone(['$w', '$w', '$b', '$w'], ['$w2']), train(1), save()]),
    caseOf('duplicate-loaded', ['SDT-4', 'LSD-4'], doubled, [
      optimizer({}, ['$w', '$b', '$w']),
      train(2),
      save(),
      fresh({}, ['$w2', '$b2', '$w2']),
      load('fresh'),
      state('fresh'),
      save('fresh', 'again'),
      train2(1),
      read('w', 'w2', 'b', 'b2'),
    ]),
    caseOf(
      'group-repeated',
      ['SDT-4'],
      [],
      [everyone(['$w'], ['$b'], ['$w2']), edit(['opt', 'param_groups', 1, 'params'], ['$w']), train(1), save()],
    ),
    caseOf(
      'groups-repeated',
      ['SDT-4'],
      ['state'],
      [
        everyone(['$w'], ['$b'], ['$w2'], ['$b2']),
        edit(['opt', 'param_groups', 2, 'params'], ['$w']),
        edit(['opt', 'param_groups', 3, 'params'], ['$b']),
        train(1),
        save(),
      ],
    ),
    caseOf('params-replaced', ['SDT-3'], [], [optimizer(), edit(['opt', 'param_groups', 0, 'params'], ALL), save()]),
    caseOf(
      'param-replaced',
      ['SDT-3'],
      [],
      [optimizer(), edit(['opt', 'param_groups', 0, 'params', 0], '$w2'), train(1), save()],
    ),
    caseOf(
      'param-removed',
      ['SDT-3'],
      [],
      [optimizer({}, ALL), remove('opt', 'param_groups', 0, 'params', 1), train(1), save()],
    ),
    caseOf(
      'group-removed',
      ['SDT-3'],
      [],
      [everyone(['$w'], ['$w2'], ['$b']), remove('opt', 'param_groups', 1), train(1), save()],
    ),
    caseOf('no-groups', ['SDT-3'], [], [optimizer(), remove('opt', 'param_groups', 0), save()]),
  ];
}

function order(): ScenarioCase[] {
  return [
    caseOf(
      'late-gradient',
      ['SDT-5'],
      ['state'],
      [
        optimizer(),
        train(2, { gradients: 'late' }),
        save(),
        train(1, { gradients: 'late', after: 2 }),
        save('opt', 'later'),
      ],
    ),
    caseOf(
      'late-group',
      ['SDT-5'],
      ['state'],
      [
        everyone(['$w'], ['$b']),
        train(2, { gradients: 'late' }),
        save(),
        train(1, { gradients: 'late', after: 2 }),
        save('opt', 'later'),
      ],
    ),
    caseOf('never-a-gradient', ['SDT-5'], [], [optimizer({}, ALL), train(1), save()]),
    caseOf(
      'state-looked-at',
      ['SDT-5', 'STA-1'],
      [],
      [optimizer(), look('opt', 'state', '$b'), save(), train(1), save('opt', 'later')],
    ),
    caseOf(
      'state-deleted',
      ['SDT-5', 'STA-1'],
      ['state', 'set-state'],
      [optimizer(), train(1), remove('opt', 'state', '$w'), save(), train(1, { after: 1 }), save('opt', 'later')],
    ),
    caseOf(
      'text-key',
      ['SDT-6'],
      ['set-state'],
      [
        optimizer(),
        edit(['opt', 'state', 'test'], 1),
        train(1),
        edit(['opt', 'state', 'other'], [null, true, 'x']),
        save(),
      ],
    ),
    caseOf('number-key', ['SDT-6'], ['set-state'], [optimizer(), edit(['opt', 'state', 7], dict({ step: 1 })), save()]),
    caseOf(
      'number-key-of-a-param',
      ['SDT-6'],
      ['set-state'],
      [optimizer(), train(1), edit(['opt', 'state', 0], 'in the way'), save()],
    ),
    caseOf(
      'number-key-before-the-param',
      ['SDT-6'],
      ['set-state'],
      [optimizer(), edit(['opt', 'state', 1], 'overwritten'), train(1), save()],
    ),
    caseOf(
      'extra-entries',
      ['SDT-6'],
      ['set-state'],
      [
        optimizer(),
        train(1),
        edit(['opt', 'state', '$w', 'note'], { $tuple: ['text', 1.5, null] }),
        edit(['opt', 'state', '$w', 'inner'], byId([0, '$rate'])),
        save(),
      ],
    ),
  ];
}

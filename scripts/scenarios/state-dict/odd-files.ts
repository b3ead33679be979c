/**
 * Files that are objects of other kinds, ids as Python's `in` finds them, and state under the tensors themselves.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  byId,
  caseOf,
  dict,
  fresh,
  groupOf,
  hook,
  load,
  loadValue,
  look,
  optimizer,
  plain,
  same,
  save,
} from '../tiny.ts';
import { edit, train, tuple } from '../tiny.ts';
import { fileOf, fullGroup } from './file.ts';

const THROWS = ['errors', 'messages'] as const;
const LEFT: readonly Op[] = [look('opt', 'state'), look('opt', 'param_groups')];
const TWO_GROUPS = optimizer({}, [dict({ params: ['$w', '$b'] }), dict({ params: ['$w2'] })]);

/** The group `odd-files`. */
export function oddFiles(): Group {
  const tensors = {
    tenth: plain([2], [0.1, 0.2]),
    ...{ old: plain([2], [4, 9]), one: plain([1], [2]), scalar: plain([], [3]), pair: plain([2, 1], [4, 9]) },
    ...{
      step64: plain([], [2.5], 'float64'),
      wide: plain([2], [0.1, 0.2], 'float64'),
      wide1: plain([1], [0.5], 'float64'),
    },
  };
  return groupOf(
    ['state_dict', 'odd-files', 'files of other kinds, which group an id is in, state under tensors'],
    [...kinds(), ...membership(), ...truth(), ...underTensors(), ...others()],
    { tensors },
  );
}

/** What is loaded in place of a dictionary. */
function kinds(): ScenarioCase[] {
  const value = (id: string, given: Value): ScenarioCase =>
    caseOf(`file-${id}`, ['LSD-3', 'LSD-17'], THROWS, [optimizer(), train(1), loadValue(given), ...LEFT]);
  return [
    caseOf('file-optimizer', ['LSD-3', 'LSD-17'], THROWS, [optimizer(), fresh(), load('opt', 'fresh'), ...LEFT]),
    ...[value('tensor', '$old'), value('set', { $set: ['state'] }), value('empty-set', { $set: [] })],
    ...[value('frozenset', { $frozenset: ['state'] }), value('boolean', true), value('fraction', 0.5)],
    caseOf(
      'groups-in-a-tuple',
      ['LSD-11', 'LSD-21'],
      ['state'],
      [
        ...[optimizer(), loadValue(fileOf(byId([0, dict({ step: 3, square_avg: '$old' })]), tuple(fullGroup([0, 1]))))],
        ...[...LEFT, train(1), save()],
      ],
    ),
    caseOf('given-by-a-hook', ['LSD-21', 'HKS-7'], THROWS, [
      ...[optimizer(), save(), hook('load_state_dict_pre', [{ return: tuple(1) }]), load(), ...LEFT],
    ]),
  ];
}

/** Whether an id is in a group's `params`, where these are no list, decides over a `step`. */
function membership(): ScenarioCase[] {
  const inFirst = (id: string, key: Value, first: Value, clauses: readonly string[] = ['LSD-23']): ScenarioCase =>
    caseOf(
      `in-${id}`,
      clauses,
      ['float64', 'float32', 'capturable', ...THROWS],
      [
        TWO_GROUPS,
        loadValue(
          fileOf({ $dict: [[key, dict({ step: '$step64', square_avg: '$wide' })]] }, [
            ...[fullGroup(first, { capturable: true }), fullGroup([key])],
          ]),
        ),
        look('opt', 'state'),
      ],
    );
  return [
    ...[inFirst('text-whole', 'ab', 'ab'), inFirst('text-character', 'a', 'ab'), inFirst('text-not', 'c', 'ab')],
    ...[inFirst('text-number', 4, 'ab'), inFirst('text-none', null, 'ab'), inFirst('text-boolean', true, 'ab')],
    ...[inFirst('tensor-number', 4, '$old'), inFirst('tensor-no-number', 5, '$old')],
    ...[inFirst('tensor-float64', 0.1, '$wide'), inFirst('tensor-float32', 0.1, '$tenth')],
    ...[
      inFirst('tensor-text', 'a', '$old'),
      inFirst('tensor-none', null, '$old'),
      inFirst('tensor-boolean', true, '$old'),
    ],
    ...[
      inFirst('tensor-rows', 9, '$pair'),
      inFirst('tuple', 'a', tuple('a', 'b')),
      inFirst('keys', 'a', dict({ a: 1, b: 2 })),
    ],
    ...[inFirst('list-of-a-tensor', 2, ['$one', 7]), inFirst('list-of-another-tensor', 5, ['$one', 7])],
    ...[inFirst('list-of-a-longer-tensor', 7, ['$old', 7]), inFirst('list-before-a-tensor', 7, [7, '$old'])],
    ...[inFirst('list-of-a-scalar', true, ['$scalar', 7]), inFirst('list-of-a-tensor-text', 'a', ['$old', 'a'])],
    inFirst('list-of-a-boolean', 1, [true, 7]),
    caseOf(
      'in-text-without-tensors',
      ['LSD-23'],
      ['state', ...THROWS],
      [
        ...[TWO_GROUPS, loadValue(fileOf(byId([4, dict({ step: 3, note: 1 })]), [fullGroup('ab'), fullGroup([4])]))],
        look('opt', 'state'),
      ],
    ),
  ];
}

/** The truth of `capturable` and `fused` is asked for a tensor under `step` and nothing else. */
function truth(): ScenarioCase[] {
  const asked = (id: string, option: string, step: Value, value: Value = '$old'): ScenarioCase =>
    caseOf(
      `truth-${id}`,
      ['LSD-14', 'LSD-16'],
      ['state', 'capturable', ...THROWS],
      [
        ...[optimizer(), train(1)],
        loadValue(fileOf(byId([0, dict({ step, square_avg: '$old' })]), [fullGroup([0, 1], { [option]: value })])),
        ...[...LEFT, train(1, { after: 1 })],
      ],
    );
  return [
    ...[asked('of-capturable', 'capturable', 3), asked('of-capturable-for-a-tensor', 'capturable', '$scalar')],
    ...[asked('of-fused', 'fused', 3), asked('of-fused-for-a-tensor', 'fused', '$scalar')],
    ...[asked('of-none', 'fused', '$scalar', null), asked('of-one', 'capturable', 3, '$one')],
    caseOf(
      'truth-of-the-first-only',
      ['LSD-14'],
      ['state', ...THROWS],
      [...[optimizer(), loadValue(fileOf(byId([0, dict({ step: '$scalar' })]), [truthy()])), ...LEFT]],
    ),
  ];
}

/** `fused` is not looked at where `capturable` is true. */
function truthy(): Value {
  return fullGroup([0, 1], { capturable: 1, fused: '$old' });
}

/** State of a file under a tensor: never an id, as the groups of a file are copied. */
function underTensors(): ScenarioCase[] {
  const entry = dict({ step: 3, square_avg: '$old', extra: 'text' });
  const file = (id: string, state: Value, ids: Value = [0, 1]): ScenarioCase =>
    caseOf(
      `under-${id}`,
      ['LSD-5', 'SDT-6'],
      ['state', ...THROWS],
      [
        ...[optimizer(), loadValue(fileOf(state, [fullGroup(ids)])), look('opt', 'state'), save(), train(1)],
        look('opt', 'state'),
      ],
    );
  return [
    file('a-parameter', { $dict: [['$w', entry]] }),
    file('a-parameter-and-its-id', {
      $dict: [
        ['$w', 5],
        [0, entry],
      ],
    }),
    file('an-id-and-its-parameter', {
      $dict: [
        [0, 5],
        ['$w', entry],
      ],
    }),
    file('a-parameter-as-id', { $dict: [['$w', entry]] }, ['$w', '$b']),
    file('another-tensor', { $dict: [['$old', entry]] }),
  ];
}

/** Parameters that stand twice, errors of casting, the base class. */
function others(): ScenarioCase[] {
  const entry = (step: number, square_avg: Value): Value => dict({ step, square_avg });
  const base: Op = {
    ...{ op: 'optimizer', class: 'Optimizer', params: [dict({ params: ['$w'], lr: 1 })], options: { a: 1 } },
  };
  const only = (state: Value): Op => loadValue(fileOf(state, [dict({ params: [0] })]));
  return [
    caseOf(
      'twice',
      ['LSD-4', 'SDT-4'],
      ['state'],
      [
        optimizer({}, ['$w', '$b', '$w']),
        loadValue(
          fileOf(byId([2, entry(1, '$old')], [1, entry(2, '$one')], [0, entry(5, '$w2')]), [fullGroup([0, 1, 2])]),
        ),
        ...[look('opt', 'state'), save(), train(1), look('opt', 'state')],
      ],
    ),
    caseOf(
      'cast-refused',
      ['LSD-17', 'LSD-14'],
      ['state', ...THROWS],
      [
        ...[optimizer(), train(1)],
        loadValue(
          fileOf(byId([1, entry(1, '$one')], [0, dict({ square_avg: '$wide', step: '$scalar' })]), [
            fullGroup([0, 1], { fused: '$old', lr: 5 }),
          ]),
        ),
        ...[...LEFT, train(1, { after: 1 })],
      ],
    ),
    caseOf(
      'base-class',
      ['GRP-13', 'LSD-15', 'LSD-9'],
      ['state', 'float64', 'float32'],
      [...[base, only(byId([0, dict({ step: 5, x: '$wide' })])), ...LEFT, save(), look('opt', 'defaults')]],
    ),
    caseOf('base-class-entries', ['GRP-13', 'LSD-16'], THROWS, [base, only(byId([0, 5])), ...LEFT, save()]),
    caseOf(
      'base-class-copied',
      ['GRP-13', 'RPR-3'],
      ['subclasses', 'repr', ...THROWS],
      [
        {
          op: 'optimizer',
          class: 'Optimizer',
          params: [dict({ params: ['$w'], lr: 1 })],
          options: {},
          required: ['lr'],
        },
        ...[
          { op: 'copy', of: 'opt', as: 'twin' } as const,
          { op: 'add_param_group', group: dict({ params: ['$b'] }) } as const,
        ],
        { op: 'add_param_group', optimizer: 'twin', group: dict({ params: ['$b'] }) },
        ...[{ op: 'repr', optimizer: 'twin' } as const, { op: 'repr' } as const],
      ],
    ),
    caseOf(
      'shared-lr',
      ['LSD-11'],
      ['tensor-lr'],
      [
        optimizer({}, [dict({ params: ['$w'], lr: '$scalar' }), dict({ params: ['$b'], lr: '$scalar' })]),
        ...[save(), load(), same(['opt', 'param_groups', 0, 'lr'], ['opt', 'param_groups', 1, 'lr'])],
        same(['opt', 'param_groups', 0, 'lr'], ['saved', 'param_groups', 0, 'lr']),
      ],
    ),
    caseOf(
      'names-kept',
      ['LSD-12'],
      [],
      [
        ...[
          optimizer({}, [tuple('a', '$w'), tuple('b', '$b')]),
          { op: 'look', at: ['opt', 'param_groups', 0], as: 'old' } as const,
        ],
        ...[save(), { op: 'edit', at: ['saved', 'param_groups', 0, 'param_names'], delete: true } as const, load()],
        ...[
          same(['old', 'param_names'], ['opt', 'param_groups', 0, 'param_names']),
          same(['old'], ['opt', 'param_groups', 0]),
        ],
      ],
    ),
    caseOf('post-hook-throws', ['LSD-16'], THROWS, [
      ...[optimizer(), train(1), save(), hook('load_state_dict_post', [{ throw: 'late' }])],
      ...[edit(['saved', 'param_groups', 0, 'lr'], 5), load(), look('opt', 'param_groups')],
    ]),
  ];
}

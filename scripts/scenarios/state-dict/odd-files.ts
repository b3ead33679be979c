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
    ...{ old: plain([2], [4, 9]), one: plain([1], [2]), scalar: plain([], [3]) },
    ...{
      step64: plain([], [2.5], 'float64'),
      wide: plain([2], [0.1, 0.2], 'float64'),
      wide1: plain([1], [0.5], 'float64'),
    },
  };
  return groupOf(
    ['state_dict', 'odd-files', 'files of other kinds, which group an id is in, state under tensors'],
    [...kinds(), ...membership(), ...others()],
    { tensors },
  );
}

/** What is loaded in place of a dictionary. */
function kinds(): ScenarioCase[] {
  return [
    caseOf('file-optimizer', ['LSD-3', 'LSD-17'], THROWS, [optimizer(), fresh(), load('opt', 'fresh'), ...LEFT]),
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

/** The first group that an id is in decides over a `step`, and whether its `fused` is true. */
function membership(): ScenarioCase[] {
  const ofNone = fileOf(byId([0, dict({ step: '$scalar', square_avg: '$old' })]), [fullGroup([0, 1], { fused: null })]);
  return [
    caseOf(
      'in-tuple',
      ['LSD-23'],
      ['float64', 'float32', 'capturable', ...THROWS],
      [
        TWO_GROUPS,
        loadValue(
          fileOf({ $dict: [['a', dict({ step: '$step64', square_avg: '$wide' })]] }, [
            ...[fullGroup(tuple('a', 'b'), { capturable: true }), fullGroup(['a'])],
          ]),
        ),
        look('opt', 'state'),
      ],
    ),
    caseOf(
      'truth-of-none',
      ['LSD-14', 'LSD-16'],
      ['state', 'capturable', ...THROWS],
      [...[optimizer(), train(1), loadValue(ofNone), ...LEFT, train(1, { after: 1 })]],
    ),
    caseOf(
      'under-a-parameter',
      ['LSD-5', 'SDT-6'],
      ['state', ...THROWS],
      [
        ...[optimizer(), loadValue(fileOf({ $dict: [['$w', ENTRY]] }, [fullGroup([0, 1])])), look('opt', 'state')],
        ...[save(), train(1), look('opt', 'state')],
      ],
    ),
  ];
}

/** State under the tensor itself, which is never an id, as the groups of a file are copied. */
const ENTRY = dict({ step: 3, square_avg: '$old', extra: 'text' });

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

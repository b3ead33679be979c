/**
 * What loading makes of the values of the state: element types, `step`, containers.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Op, Value } from '../../../src/scenario/types.ts';

import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, dict, edit, fresh, groupOf, load, look, optimizer, type Options, plain, read } from '../tiny.ts';
import { same, save, state, train, train2, tuple, twinGradients, twins } from '../tiny.ts';
import { edited } from './edited.ts';

/** Groups `FROM-into-TO` and `nested`. */
export function cast(): Group[] {
  const tensors = {
    step64: plain([], [2], 'float64'),
    old: plain([2], [4, 9]),
    wide: plain([2], [0.1, 0.2], 'float64'),
  };
  return [
    dtypesInto('state_dict', 'float32', 'float64'),
    dtypesInto('state_dict', 'float64', 'float32'),
    groupOf(['state_dict', 'nested', 'files with containers in the state'], nested(), { tensors }),
  ];
}

/** Loads state of one dtype into parameters of another. */
export function dtypesInto(area: string, from: FloatingDType, to: FloatingDType): Group {
  const flags: Readonly<Record<string, Options>> = {
    plain: {},
    stacked: { momentum: 0.9, centered: true },
    foreach: { momentum: 0.9, foreach: true },
  };
  return groupOf(
    [area, `${from}-into-${to}`, `state of ${from} parameters loaded for ${to} parameters`],
    Object.entries(flags).map(([id, options]) =>
      caseOf(
        id,
        ['LSD-13', 'LSD-14', 'LSD-10'],
        ['state', from, to],
        [
          optimizer(options),
          train(2),
          save(),
          fresh(),
          load('fresh'),
          state('fresh'),
          same(['fresh', 'state', '$w2', 'square_avg'], ['saved', 'state', 0, 'square_avg']),
          train2(2, { after: 2 }),
          state('fresh'),
          look('saved', 'state'),
        ],
      ),
    ),
    { tensors: twins(from, to), gradients: twinGradients(from, to) },
  );
}

/** Loads `value` as entry `extra` of the first parameter. */
function extra(id: string, value: Value, ...ops: readonly Op[]): ScenarioCase {
  return caseOf(
    id,
    ['LSD-13'],
    ['float32', 'float64'],
    [
      ...edited(edit(['saved', 'state', 0, 'extra'], value)),
      look('fresh', 'state', '$w2', 'extra'),
      same(['fresh', 'state', '$w2', 'extra'], ['saved', 'state', 0, 'extra']),
      ...ops,
    ],
  );
}

function nested(): ScenarioCase[] {
  const at = (...path: (string | number)[]): Op =>
    same(['fresh', 'state', '$w2', 'extra', ...path], ['saved', 'state', 0, 'extra', ...path]);
  return [
    extra('tensor', '$wide'),
    extra('tensor-of-the-right-dtype', '$old'),
    extra('list', ['$wide', '$old', 3, null, true], at(1)),
    extra('tuple', tuple('$wide', '$old', 0.5)),
    extra('dict', dict({ a: '$wide', b: '$old', c: 1, d: null }), at('b')),
    extra('dict-with-numbers-as-keys', byId([5, '$wide'], [2, '$old'])),
    extra('deep', [tuple(dict({ a: ['$wide'] }))], at(0, 0)),
    extra('empty', [[], tuple(), dict()]),
    extra('step-in-a-dict', dict({ step: '$step64', other: '$step64' })),
    extra('step-in-a-dict-in-a-list', [dict({ step: '$step64', other: '$step64' })]),
    extra('dict-named-step', dict({ step: dict({ inner: '$step64', step: '$step64' }) })),
    extra('list-named-step', dict({ step: ['$step64'] })),
    caseOf(
      'step-in-a-dict-capturable',
      ['LSD-13', 'LSD-14'],
      ['float32', 'float64', 'capturable'],
      [
        ...edited(
          edit(['saved', 'state', 0, 'extra'], dict({ step: '$step64', list: [dict({ step: '$step64' })] })),
          edit(['saved', 'param_groups', 0, 'capturable'], true),
        ),
        look('fresh', 'state', '$w2', 'extra'),
      ],
    ),
    caseOf(
      'text',
      ['LSD-13'],
      [],
      [
        ...edited(edit(['saved', 'state', 0, 'extra'], 'text')),
        // The text of a generator, with an address in it: only that it is another one can be seen.
        same(['fresh', 'state', '$w2', 'extra'], ['saved', 'state', 0, 'extra']),
        train2(1, { after: 1 }),
      ],
    ),
    caseOf(
      'number-as-buffer',
      ['LSD-13', 'LSD-18'],
      ['errors', 'messages'],
      [
        ...edited(edit(['saved', 'state', 0, 'square_avg'], 0.5)),
        state('fresh'),
        train2(1, { after: 1 }),
        read('w2', 'b2'),
      ],
    ),
    caseOf(
      'list-as-buffer',
      ['LSD-13', 'LSD-18'],
      ['errors', 'messages'],
      [
        ...edited(edit(['saved', 'state', 0, 'square_avg'], ['$old'])),
        state('fresh'),
        train2(1, { after: 1 }),
        read('w2', 'b2'),
      ],
    ),
    caseOf(
      'entries-are-no-dict',
      ['LSD-13', 'LSD-16'],
      ['errors', 'messages'],
      [...edited(edit(['saved', 'state', 0], ['$wide', '$old'])), look('fresh', 'state'), train2(1, { after: 1 })],
    ),
    caseOf(
      'entries-are-an-empty-list',
      ['LSD-13', 'LSD-16'],
      ['errors', 'messages'],
      [...edited(edit(['saved', 'state', 0], [])), look('fresh', 'state'), train2(1, { after: 1 })],
    ),
  ];
}

/**
 * What loading makes of the values of the state: element types, `step`, containers.
 */
import type { DType } from '../../../src/tensor/dtype.ts';
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Need } from '../../../src/scenario/needs.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, dict, edit, fresh, groupOf, load, look, optimizer, type Options, plain, read } from '../tiny.ts';
import { same, save, state, train, train2, tuple, twinGradients, twins } from '../tiny.ts';
import { edited } from './edited.ts';

/** Groups `dtypes-…`, `step` and `nested`. */
export function cast(): Group[] {
  const tensors = {
    step64: plain([], [2], 'float64'),
    step32: plain([], [2]),
    one: plain([1], [2]),
    old: plain([2], [4, 9]),
    wide: plain([2], [0.1, 0.2], 'float64'),
  };
  return [
    dtypes('float32', 'float64'),
    dtypes('float64', 'float32'),
    groupOf(['state_dict', 'step', 'files with a step of every kind'], steps(), { tensors }),
    groupOf(['state_dict', 'nested', 'files with containers in the state'], nested(), { tensors }),
  ];
}

/** Loads state of one dtype into parameters of another. */
function dtypes(from: DType, to: DType): Group {
  const flags: Readonly<Record<string, Options>> = {
    plain: {},
    stacked: { momentum: 0.9, centered: true },
    foreach: { momentum: 0.9, foreach: true },
  };
  return groupOf(
    ['state_dict', `${from}-into-${to}`, `state of ${from} parameters loaded for ${to} parameters`],
    Object.entries(flags).map(([id, options]) =>
      caseOf(
        id,
        ['LSD-13', 'LSD-14', 'LSD-10'],
        ['state', 'float32', 'float64'],
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

/** Loads `value` as the step of the first parameter, trains, and looks where nothing unsteady is to be seen. */
function stepOf(id: string, value: Value, needs: readonly Need[] = [], edits: readonly Op[] = []): ScenarioCase {
  const text = typeof value === 'string' && !value.startsWith('$');
  // A text becomes that of a generator, with an address in it.
  const looks = text ? [look('fresh', 'state', '$b2')] : [look('fresh', 'state')];
  const clauses = edits.length ? ['LSD-14'] : ['LSD-15', 'LSD-14'];
  return caseOf(id, clauses, needs, [
    ...edited(edit(['saved', 'state', 0, 'step'], value), ...edits),
    ...looks,
    train2(1, { after: 1 }),
    ...looks,
    read('w2', 'b2'),
  ]);
}

function steps(): ScenarioCase[] {
  const throws = ['errors', 'messages'] as const;
  const option = (name: string, value: Value): Op => edit(['saved', 'param_groups', 0, name], value);
  const capturable = ['capturable', ...throws] as const;
  return [
    stepOf('int', 3),
    stepOf('fraction', 3.7),
    stepOf('true', true),
    stepOf('negative', -1),
    stepOf('nan', { $float: 'nan' }),
    stepOf('huge', 2 ** 24 + 1),
    stepOf('none', null, throws),
    stepOf('text', 'three', throws),
    stepOf('text-of-a-number', '3', throws),
    stepOf('list', [3], throws),
    stepOf('float64-tensor', '$step64', ['float32', 'float64']),
    stepOf('tensor-of-one-element', '$one'),
    stepOf('capturable', '$step64', ['float32', 'float64', ...capturable], [option('capturable', true)]),
    stepOf('capturable-float32', '$step32', capturable, [option('capturable', true)]),
    stepOf('capturable-int', 3, capturable, [option('capturable', true)]),
    stepOf('capturable-truthy', '$step64', ['float32', 'float64', ...capturable], [option('capturable', 'yes')]),
    stepOf('capturable-falsy', '$step64', ['float32', 'float64', 'capturable'], [option('capturable', 0)]),
    stepOf('fused', '$step64', ['float32', 'float64'], [option('fused', true)]),
    stepOf('fused-false', '$step64', ['float32', 'float64'], [option('fused', false)]),
    caseOf(
      'capturable-of-the-loading-optimizer',
      ['LSD-14', 'LSD-2'],
      ['float32', 'float64', 'capturable'],
      [
        optimizer(),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'step'], '$step64'),
        fresh({ capturable: true }),
        load('fresh'),
        look('fresh', 'state'),
        look('fresh', 'param_groups', 0, 'capturable'),
      ],
    ),
    caseOf(
      'capturable-of-another-group',
      ['LSD-14'],
      ['float32', 'float64', 'capturable'],
      [
        optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'step'], '$step64'),
        edit(['saved', 'state', 1, 'step'], '$step64'),
        edit(['saved', 'param_groups', 1, 'capturable'], true),
        fresh({}, [dict({ params: ['$w2'] }), dict({ params: ['$b2'] })]),
        load('fresh'),
        look('fresh', 'state'),
      ],
    ),
    caseOf(
      'capturable-of-the-first-group-with-the-id',
      ['LSD-14'],
      ['float32', 'float64', 'capturable'],
      [
        optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'step'], '$step64'),
        edit(['saved', 'param_groups', 1, 'params'], [0]),
        edit(['saved', 'param_groups', 1, 'capturable'], true),
        fresh({}, [dict({ params: ['$b2'] }), dict({ params: ['$w2'] })]),
        load('fresh'),
        look('fresh', 'state'),
      ],
    ),
    caseOf(
      'steps-replaced-by-numbers',
      ['LSD-15', 'LSD-1'],
      ['state'],
      [
        ...edited(edit(['saved', 'state', 0, 'step'], 1), edit(['saved', 'state', 1, 'step'], 1)),
        state('fresh'),
        train2(2, { after: 1 }),
        state('fresh'),
      ],
    ),
    caseOf(
      'file-not-migrated',
      ['LSD-15', 'LSD-10'],
      [],
      [...edited(edit(['saved', 'state', 0, 'step'], 3)), train2(1, { after: 1 }), look('saved', 'state', 0, 'step')],
    ),
  ];
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

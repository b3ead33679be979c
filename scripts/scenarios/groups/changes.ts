/**
 * Groups that change between steps: their options, their parameters, and how many there are.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, DEFAULTS, dict, edit, grad, groupOf, GROUPS, groups, optimizer, plain } from '../small.ts';
import { type Options, read, remove, set, STATE, step, train } from '../small.ts';
import { OWN } from './own.ts';

/** Group `changes`. */
export function changes(): Group {
  return groupOf(
    ['groups', 'changes', 'groups that change between steps'],
    [
      // `centered` is on from the start.
      ...OWN.filter(([id]) => id !== 'centered').map((row) => later(...row)),
      ...BUFFERED.flatMap((row) => [...switchedOn(...row), offAndOn(...row)]),
      ...keys(),
      ...params(),
    ],
    { rate: plain([], [0.25]) },
  );
}

/** Options that have a buffer, with a value that turns them on and one that turns them off. */
const BUFFERED: readonly (readonly [option: string, on: Value, off: Value])[] = [
  ['momentum', 0.9, 0],
  ['centered', true, false],
];

const REST = train(2, { after: 2 });

/** In the second of two groups. */
function later(id: string, own: Options, ...clauses: readonly string[]): ScenarioCase {
  const sets = Object.entries(own).map(([option, value]) => set(option, value, 1));
  const start = optimizer({ momentum: 0.5, centered: true }, groups({}, {}));
  return caseOf(
    `later-${id}`,
    [...new Set([...clauses, 'RMS-10'])],
    ['state'],
    [start, train(2), ...sets, REST, STATE],
  );
}

/** After the state was made the step refuses; before, the state is made with its buffer. */
function switchedOn(option: string, on: Value, off: Value): readonly ScenarioCase[] {
  const looks = [read('w', 'b'), STATE];
  const clauses = ['STA-4', 'RMS-10', 'ERR-5'];
  const both = [false, true].map((foreach) =>
    caseOf(
      `${option}-on${foreach ? '+foreach' : ''}`,
      clauses,
      ['errors', 'state'],
      [
        ...[optimizer({ foreach }), train(1), set(option, on), train(1, { after: 1 }), ...looks],
        ...[set(option, off), REST, STATE],
      ],
    ),
  );
  const onlyW = [grad('w', [0.5, -0.5]), step(), set(option, on)];
  const needs = ['errors', 'state', 'none-gradients'] as const;
  return [
    ...both,
    // `b` has no state yet.
    caseOf(`${option}-on-first`, clauses, needs, [optimizer({}, ['$w', '$b']), ...onlyW, train(1), ...looks]),
    caseOf(`${option}-on-last`, clauses, needs, [optimizer({}, ['$b', '$w']), ...onlyW, train(1), ...looks]),
    caseOf(
      `${option}-on-in-time`,
      ['STA-4', 'RMS-10'],
      ['state', 'none-gradients'],
      [optimizer({}, groups({}, {})), grad('w', [0.5, -0.5]), step(), set(option, on, 1), train(2), STATE],
    ),
  ];
}

function offAndOn(option: string, on: Value, off: Value): ScenarioCase {
  const program = [
    ...[optimizer({ [option]: on }), train(1), set(option, off), train(2, { after: 1 }), STATE],
    ...[set(option, on), train(1, { after: 3 }), STATE],
  ];
  return caseOf(`${option}-off-and-on`, ['STA-4', 'RMS-10'], ['state'], program);
}

function keys(): readonly ScenarioCase[] {
  const lr = [
    ...[optimizer({}, groups({}, {}, {})), train(1), remove('opt', 'param_groups', 1, 'lr'), train(1, { after: 1 })],
    ...[read('w', 'b', 'c'), STATE, set('lr', 0.1, 1), GROUPS, REST],
  ];
  const differentiable = edit(['opt', 'defaults', 'differentiable'], true);
  const saved = [dict({ eps: 0.5, params: ['$w'], note: 'x' })];
  const loaded: readonly Op[] = [
    ...[
      { op: 'optimizer', as: 'other', params: saved, options: {} },
      { op: 'state_dict', optimizer: 'other' },
    ],
    ...[remove('saved', 'param_groups', 0, 'maximize'), optimizer({}, ['$w']), { op: 'load_state_dict' }],
    ...[GROUPS, DEFAULTS],
  ] as const;
  return [
    caseOf('lr-deleted', ['RMS-10', 'RMS-16', 'ERR-4'], ['errors', 'state'], lr),
    caseOf('lr-tensor', ['RMS-10', 'OPT-4'], [], [optimizer(), train(1), set('lr', '$rate'), GROUPS, REST]),
    caseOf('new-key', ['GRP-3', 'RMS-10'], [], [optimizer(), set('note', 'x'), train(1), GROUPS]),
    caseOf(
      'capturable',
      ['RMS-15', 'RMS-10'],
      ['errors'],
      [optimizer(), train(1), set('capturable', true), REST, read('w', 'b'), STATE],
    ),
    caseOf(
      'defaults-changed',
      ['GRP-6', 'GRD-1'],
      ['errors'],
      [
        ...[optimizer(), edit(['opt', 'defaults', 'lr'], 0.5), train(1), differentiable, train(1, { after: 1 })],
        ...[DEFAULTS, GROUPS],
      ],
    ),
    caseOf('loaded-order', ['LSD-9', 'LSD-11'], [], loaded),
  ];
}

function params(): readonly ScenarioCase[] {
  const place = ['opt', 'param_groups', 0, 'params'] as const;
  return [
    caseOf('params-fewer', ['GRP-11'], ['state'], [optimizer(), train(1), remove(...place, 1), REST, STATE]),
    caseOf('params-others', ['GRP-11'], ['state'], [optimizer(), train(1), edit(place, ['$c', '$w']), REST, STATE]),
    caseOf(
      'group-removed',
      ['GRP-11'],
      ['state'],
      [optimizer({}, groups({}, {})), train(1), remove('opt', 'param_groups', 0), REST, STATE],
    ),
  ];
}

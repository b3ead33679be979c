/**
 * One object in several places, over steps and copies; what a step keeps; what 2.1 counts.
 */
import type { Op, Place, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, copy, dict, edit, groupOf, load, look, optimizer, plain, read, same, save } from '../tiny.ts';
import { train } from '../tiny.ts';

const keep = (as: string, ...at: Place): Op => ({ op: 'look', at, as });

/** The group `shared-objects`. */
export function sharedObjects(): Group {
  return groupOf(
    ['state_dict', 'shared-objects', 'one object in several places; what a step keeps; a step that is no number'],
    [...steps(), ...buffers(), ...flags(), ...counted()],
    { tensors: { old: plain([2], [4, 9]), rate: plain([2], [1, 2]) } },
  );
}

/** Objects before and after a step. */
function steps(): ScenarioCase[] {
  return [false, true].map((foreach) =>
    caseOf(
      `kept-by-a-step${foreach ? '-foreach' : ''}`,
      ['RMS-11'],
      ['state'],
      [
        ...[optimizer({ momentum: 0.9, centered: true, foreach }), train(1), keep('grad', '$w', 'grad')],
        ...[
          keep('entries', 'opt', 'state', '$w'),
          keep('state', 'opt', 'state'),
          keep('groups', 'opt', 'param_groups'),
        ],
        ...[keep('list', 'opt', 'param_groups', 0, 'params'), { op: 'step' } as const],
        ...[
          same(['grad'], ['$w', 'grad']),
          same(['entries'], ['opt', 'state', '$w']),
          same(['state'], ['opt', 'state']),
        ],
        ...[same(['groups'], ['opt', 'param_groups']), same(['list'], ['opt', 'param_groups', 0, 'params'])],
        ...[keep('buffer', 'entries', 'momentum_buffer'), { op: 'step' } as const],
        ...[same(['buffer'], ['opt', 'state', '$w', 'momentum_buffer']), look('entries')],
      ],
    ),
  );
}

/** One tensor as several buffers, or as buffer and parameter. */
function buffers(): ScenarioCase[] {
  const entry = (key: string): Place => ['opt', 'state', '$w', key];
  return [
    caseOf(
      'one-buffer',
      ['RPR-3', 'RMS-11'],
      ['state'],
      [
        ...[optimizer({ momentum: 0.9, centered: true }), train(1), edit(entry('momentum_buffer'), '$old')],
        ...[edit(entry('square_avg'), '$old'), edit(entry('grad_avg'), '$old'), train(1, { after: 1 })],
        ...[look('opt', 'state'), read('w', 'old'), copy('opt', 'twin'), look('twin', 'state')],
        ...[save(), copy('saved', 'file'), same(['file', 'state', 0, 'square_avg'], ['file', 'state', 0, 'grad_avg'])],
        ...[same(['file', 'state', 0, 'square_avg'], ['saved', 'state', 0, 'square_avg']), load('opt', 'file')],
        same(entry('square_avg'), entry('momentum_buffer')),
      ],
    ),
    caseOf(
      'buffer-is-the-parameter',
      ['RPR-3', 'LSD-10'],
      ['state'],
      [
        ...[optimizer(), train(1), edit(entry('square_avg'), '$w'), train(1, { after: 1 }), look('opt', 'state')],
        ...[read('w'), save(), copy('saved', 'file'), look('file'), load('opt', 'file'), look('opt', 'state')],
        ...[copy('opt', 'twin'), look('twin', 'state'), look('twin', 'param_groups', 0, 'params')],
      ],
    ),
    caseOf(
      'parameter-in-an-option',
      ['LSD-11', 'RPR-3'],
      [],
      [
        ...[optimizer({}, [dict({ params: ['$w'], note: ['$w'] })]), save(), load()],
        ...[same(['opt', 'param_groups', 0, 'note', 0], ['$w']), copy('opt', 'twin')],
        same(['twin', 'param_groups', 0, 'note', 0], ['twin', 'param_groups', 0, 'params', 0]),
      ],
    ),
  ];
}

/** What of a tensor requires grad. */
function flags(): ScenarioCase[] {
  const copied = ['twin', 'param_groups', 0, 'params', 0] as const;
  return [
    caseOf(
      'state-requires-no-grad',
      ['STA-3', 'STA-2'],
      [],
      [
        ...[optimizer({ momentum: 0.9, centered: true }), train(1)],
        ...['square_avg', 'momentum_buffer', 'grad_avg'].map((key) => look('opt', 'state', '$w', key, 'requires_grad')),
      ],
    ),
    caseOf(
      'step-requires-no-grad',
      ['STA-2'],
      ['errors', 'messages'],
      [...[optimizer(), train(1), look('opt', 'state', '$w', 'step', 'requires_grad')]],
    ),
    caseOf(
      'frozen-parameter',
      ['RPR-5'],
      [],
      [
        ...[
          edit(['$w', 'requires_grad'], false),
          optimizer(),
          train(1),
          copy('opt', 'twin'),
          look(...copied, 'requires_grad'),
        ],
        look('twin', 'param_groups'),
      ],
    ),
    caseOf(
      'plain-tensor-that-requires-grad',
      ['RPR-5'],
      ['repr'],
      [
        ...[edit(['$old', 'requires_grad'], true), optimizer({}, ['$old']), copy('opt', 'twin')],
        ...[look(...copied, 'requires_grad'), look('twin', 'param_groups'), { op: 'repr', optimizer: 'twin' } as const],
      ],
    ),
  ];
}

/** A `step` in the state that is no number. */
function counted(): ScenarioCase[] {
  const table: Readonly<Record<string, Value>> = {
    ...{ false: false, none: null, infinity: { $float: 'inf' }, 'two-elements': '$rate', parameter: '$w' },
  };
  return Object.entries(table).map(([name, value]) =>
    caseOf(
      `counted-${name}`,
      ['LSD-15'],
      ['state', 'errors', 'messages'],
      [
        ...[optimizer(), train(1), edit(['opt', 'state', '$w', 'step'], value), train(1, { after: 1 })],
        ...[look('opt', 'state'), read('w', 'b'), copy('opt', 'twin'), look('twin', 'state')],
      ],
    ),
  );
}

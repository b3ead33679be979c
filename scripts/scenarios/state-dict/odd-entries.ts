/**
 * Entries of the state that are not what a file usually has: dictionaries with any keys, and sets.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, copy, dict, edit, groupOf, loadValue, look, optimizer } from '../tiny.ts';
import { plain, save, state, train, tuple } from '../tiny.ts';
import { fileOf } from './file.ts';

const THROWS = ['errors', 'messages'] as const;
const LEFT: readonly Op[] = [look('opt', 'state'), look('opt', 'param_groups')];

/** The group `odd-entries`. */
export function oddEntries(): Group {
  const tensors = {
    ...{
      old: plain([2], [4, 9]),
      wide: plain([2], [0.1, 0.2], 'float64'),
    },
    step64: plain([], [2.5], 'float64'),
  };
  return groupOf(
    ['state_dict', 'odd-entries', 'entries with any keys, and sets in entries'],
    [...anyKeys(), ...sets()],
    { tensors },
  );
}

/** Entries of a parameter whose keys are not all texts. */
function anyKeys(): ScenarioCase[] {
  const entries: readonly (readonly [Value, Value])[] = [
    ['step', 3],
    ['square_avg', '$old'],
    [5, 'x'],
  ];
  const mixed: Value = { $dict: entries };
  const keys = (step: Value): Value => ({
    $dict: [
      [null, 1],
      ['step', step],
      [tuple(1), '$wide'],
      ['square_avg', '$old'],
    ],
  });
  return [
    caseOf(
      'keys-loaded',
      ['LSD-15', 'LSD-13'],
      ['state'],
      [optimizer(), loadValue(fileOf(byId([0, mixed]))), ...LEFT, train(1), look('opt', 'state'), save()],
    ),
    caseOf(
      'keys-copied',
      ['LSD-15', 'RPR-3'],
      ['state'],
      [
        ...[optimizer(), train(1), edit(['opt', 'state', '$w'], mixed), train(1, { after: 1 }), look('opt', 'state')],
        ...[edit(['opt', 'state', '$w', 'step'], 3), copy('opt', 'twin'), look('twin', 'state')],
      ],
    ),
    caseOf(
      'keys-set',
      ['LSD-15'],
      ['state'],
      [
        ...[optimizer(), loadValue(fileOf(byId([0, mixed])))],
        ...[
          { op: 'set_state', tensor: 'w', key: 'square_avg', value: 2 } as const,
          { op: 'set_state', tensor: 'w', key: 'new', value: 2 } as const,
          { op: 'set_state', tensor: 'w', key: 'step', value: 7 } as const,
        ],
        ...[state(), train(1), state()],
      ],
    ),
    ...[
      ['number', 3.7],
      ['boolean', true],
      ['none', null],
      ['tensor', '$step64'],
    ].map(([name, step]) =>
      caseOf(
        `keys-and-step-${String(name)}`,
        ['LSD-15', 'LSD-14'],
        ['state', 'float64', 'float32', ...THROWS],
        [optimizer(), loadValue(fileOf(byId([0, keys(step!)]))), ...LEFT],
      ),
    ),
    caseOf('keys-without-step', ['LSD-16'], THROWS, [
      optimizer(),
      loadValue(
        fileOf(
          byId([
            0,
            {
              $dict: [
                [5, 1],
                ['square_avg', '$old'],
              ],
            },
          ]),
        ),
      ),
      ...LEFT,
    ]),
  ];
}

/** Sets keep their type, and what is in them is converted. */
function sets(): ScenarioCase[] {
  const extra = (id: string, value: Value): ScenarioCase =>
    caseOf(
      id,
      ['LSD-13'],
      ['float32', 'float64'],
      [
        optimizer(),
        loadValue(fileOf(byId([0, dict({ step: 3, square_avg: '$old', extra: value })]))),
        ...[look('opt', 'state'), copy('opt', 'twin'), look('twin', 'state')],
      ],
    );
  return [extra('set-of-a-tensor', { $set: ['$wide'] }), extra('set-of-a-text', { $set: ['a'] })];
}

/**
 * Files whose ids are anything that can or cannot be a key, and files of other shapes.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { byId, caseOf, dict, groupOf, loadValue, look, optimizer, plain, save, state, train, tuple } from '../tiny.ts';

const nan: Value = { $float: 'nan' };

const IDS: readonly (readonly [name: string, id: Value, params: Value])[] = [
  ...([
    ['tuples', tuple(1, 2), [tuple(1, 2), 5]],
    ['nested-tuples', tuple(1, tuple('a')), [tuple(1, tuple('a')), 5]],
  ] as const),
  ...([
    ['boolean-for-integer', true, [1, 0]],
    ['integer-for-boolean', 1, [true, false]],
  ] as const),
  ...([
    ['fractions', 0.5, [0.5, 1.5]],
    ['nan', nan, [nan, 1]],
    ['none', null, [null, 1]],
    ['a-list', 0, [[0], 1]],
  ] as const),
  ...([
    ['a-dict', 0, [dict({ a: 1 }), 1]],
    ['a-set', 0, [{ $set: [0] }, 1]],
    ['a-list-in-a-tuple', 0, [tuple(1, [2]), 5]],
  ] as const),
  ...([
    ['text-of-two', 'a', 'ab'],
    ['text-of-three', 'a', 'abc'],
    ['keys-of-a-dict', 'a', dict({ a: 1, b: 2 })],
  ] as const),
  ...([
    ['a-tuple-of-ids', 0, tuple(0, 1)],
    ['no-list', 0, null],
    ['a-number', 0, 5],
    ['tensors', '$w', ['$w', '$b']],
  ] as const),
  ...([
    ['negative-zero', 0, [{ $float: '-0.0' }, 1]],
    ['twice', 0, [0, 0]],
    ['twice-as-boolean', 1, [1, true]],
  ] as const),
];

const SHAPES: readonly (readonly [name: string, value: Value])[] = [
  ...([
    ['none', null],
    ['number', 5],
    ['text', 'x'],
    ['empty-text', ''],
    ['list', [1]],
    ['empty-list', []],
  ] as const),
  ...([
    ['list-of-none', [null]],
    ['list-of-dicts', [dict()]],
    ['dict', dict({ a: 1 })],
    ['empty-dict', dict()],
  ] as const),
  ...([
    ['set', { $set: ['a'] }],
    ['tuple', tuple(1)],
    ['scalar', '$scalar'],
    ['true', true],
  ] as const),
];

/** The group `any-ids`. */
export function anyIds(): Group {
  const groups = look('opt', 'param_groups');
  const file = (params: Value, entry: Value, rest: Value = dict()): Value =>
    dict({ state: byId([0, entry]), param_groups: [dict({ params, lr: 0.5 })], rest });
  return groupOf(
    ['state_dict', 'any-ids', 'ids that are tuples, booleans, texts or no keys at all; files of other shapes'],
    [
      ...IDS.map(([name, id, params]) =>
        caseOf(
          `ids-${name}`,
          ['LSD-20'],
          ['errors', 'messages', 'bookkeeping', 'state'],
          [...[optimizer(), loadValue(idFile(id, params)), state(), look('opt', 'state'), train(2), state(), save()]],
        ),
      ),
      ...SHAPES.flatMap(([name, value]) => [
        caseOf(
          `groups-${name}`,
          ['LSD-21'],
          ['errors', 'messages'],
          [...[optimizer(), loadValue(dict({ state: dict(), param_groups: value })), groups, train(1), state()]],
        ),
        caseOf(
          `state-${name}`,
          ['LSD-21'],
          ['errors', 'messages'],
          [
            optimizer(),
            loadValue(dict({ state: value, param_groups: [dict({ params: [0, 1], lr: 0.5 })] })),
            ...[groups, look('opt', 'state')],
          ],
        ),
        caseOf(
          `params-${name}`,
          ['LSD-21'],
          ['errors', 'messages'],
          [optimizer(), loadValue(file(value, dict())), groups],
        ),
        caseOf(
          `entry-${name}`,
          ['LSD-21', 'LSD-13'],
          ['errors', 'messages'],
          [...[optimizer(), loadValue(file([0, 1], value)), look('opt', 'state'), groups]],
        ),
        caseOf(
          `step-${name}`,
          ['LSD-15'],
          ['errors', 'messages'],
          [...[optimizer(), loadValue(file([0, 1], dict({ step: value, square_avg: '$w2' }))), look('opt', 'state')]],
        ),
        caseOf(
          `extra-${name}`,
          ['LSD-13'],
          ['errors', 'messages'],
          [
            ...[
              optimizer(),
              loadValue(file([0, 1], dict({ step: 1, square_avg: '$w2', extra: value }))),
              look('opt', 'state'),
            ],
          ],
        ),
      ]),
    ],
    { tensors: { scalar: plain([], [0.5]) } },
  );
}

function idFile(id: Value, params: Value): Value {
  const group = { lr: 0.1, momentum: 0, alpha: 0.9, eps: 1e-8, centered: false, weight_decay: 0, params };
  return dict({ state: { $dict: [[id, dict({ step: 3, square_avg: '$w2' })]] }, param_groups: [dict(group)] });
}

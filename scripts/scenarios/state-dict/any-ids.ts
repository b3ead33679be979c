/**
 * Files whose ids are anything that can or cannot be a key, and files of other shapes.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, dict, groupOf, loadValue, look, optimizer, type Options } from '../tiny.ts';
import { plain, save, state, train, tuple } from '../tiny.ts';

const IDS: readonly (readonly [name: string, id: Value, params: Value])[] = [
  ...([
    ['tuples', tuple(1, 2), [tuple(1, 2), 5]],
    ['a-list', 0, [[0], 1]],
    ['a-tuple-of-ids', 0, tuple(0, 1)],
  ] as const),
  ...([
    ['tensors', '$w', ['$w', '$b']],
    ['twice', 0, [0, 0]],
  ] as const),
];

const VALUES = {
  ...{ none: null, number: 5, text: 'x', 'empty-text': '', list: [1], 'empty-list': [], 'list-of-none': [null] },
  ...{ 'list-of-dicts': [dict()], dict: dict({ a: 1 }), 'empty-dict': dict(), set: { $set: ['a'] }, tuple: tuple(1) },
  ...{ scalar: '$scalar', true: true },
} as const satisfies Readonly<Record<string, Value>>;

type Name = keyof typeof VALUES;

/** What a damaged or a hand-made file may have in each place. */
const PLACES: Readonly<Record<'groups' | 'state' | 'params' | 'entry' | 'step', readonly Name[]>> = {
  groups: ['none', 'number', 'empty-list', 'list-of-dicts', 'dict'],
  state: ['none', 'number', 'list', 'empty-list', 'dict', 'empty-dict'],
  params: ['none', 'number', 'empty-list', 'list', 'tuple'],
  entry: ['none', 'number', 'true', 'list', 'empty-list', 'dict', 'empty-dict'],
  step: ['none', 'number', 'text', 'list', 'true', 'scalar'],
};

/** The group `any-ids`. */
export function anyIds(): Group {
  const groups = look('opt', 'param_groups');
  const file = (params: Value, entry: Value, rest: Value = dict()): Value =>
    dict({ state: byId([0, entry]), param_groups: [dict({ params, lr: 0.5 })], rest });
  const entries = (id: string, clause: string, entry: Options): ScenarioCase =>
    caseOf(
      id,
      [clause],
      ['errors', 'messages'],
      [...[optimizer(), loadValue(file([0, 1], dict(entry))), look('opt', 'state')]],
    );
  return groupOf(
    ['state_dict', 'any-ids', 'ids that are tuples or no keys at all; files of other shapes'],
    [
      ...IDS.map(([name, id, params]) =>
        caseOf(
          `ids-${name}`,
          ['LSD-20'],
          ['errors', 'messages', 'bookkeeping', 'state'],
          [...[optimizer(), loadValue(idFile(id, params)), state(), look('opt', 'state'), train(2), state(), save()]],
        ),
      ),
      ...PLACES.groups.map((name) =>
        caseOf(
          `groups-${name}`,
          ['LSD-21'],
          ['errors', 'messages'],
          [...[optimizer(), loadValue(dict({ state: dict(), param_groups: VALUES[name] })), groups, train(1), state()]],
        ),
      ),
      ...PLACES.state.map((name) =>
        caseOf(
          `state-${name}`,
          ['LSD-21'],
          ['errors', 'messages'],
          [
            optimizer(),
            loadValue(dict({ state: VALUES[name], param_groups: [dict({ params: [0, 1], lr: 0.5 })] })),
            ...[groups, look('opt', 'state')],
          ],
        ),
      ),
      ...PLACES.params.map((name) =>
        caseOf(
          `params-${name}`,
          ['LSD-21'],
          ['errors', 'messages'],
          [optimizer(), loadValue(file(VALUES[name], dict())), groups],
        ),
      ),
      ...PLACES.entry.map((name) =>
        caseOf(
          `entry-${name}`,
          ['LSD-21', 'LSD-13'],
          ['errors', 'messages'],
          [...[optimizer(), loadValue(file([0, 1], VALUES[name])), look('opt', 'state'), groups]],
        ),
      ),
      ...PLACES.step.map((name) => entries(`step-${name}`, 'LSD-15', { step: VALUES[name], square_avg: '$w2' })),
      ...Object.entries(VALUES).map(([name, extra]) =>
        entries(`extra-${name}`, 'LSD-13', { step: 1, square_avg: '$w2', extra }),
      ),
    ],
    { tensors: { scalar: plain([], [0.5]) } },
  );
}

function idFile(id: Value, params: Value): Value {
  const group = { lr: 0.1, momentum: 0, alpha: 0.9, eps: 1e-8, centered: false, weight_decay: 0, params };
  return dict({ state: { $dict: [[id, dict({ step: 3, square_avg: '$w2' })]] }, param_groups: [dict(group)] });
}

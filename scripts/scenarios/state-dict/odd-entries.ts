/**
 * Entries of the state, and groups, that are not what a file usually has: dictionaries with any keys, tensors, empty containers,
 * generators, sets.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, copy, dict, edit, fresh, groupOf, hook, load, loadValue, look, optimizer } from '../tiny.ts';
import { plain, read, same, save, set, state, train, tuple } from '../tiny.ts';
import { fileOf, fullGroup } from './file.ts';

const THROWS = ['errors', 'messages'] as const;
const LEFT: readonly Op[] = [look('opt', 'state'), look('opt', 'param_groups')];

/** The group `odd-entries`. */
export function oddEntries(): Group {
  const tensors = {
    ...{
      old: plain([2], [4, 9]),
      scalar: plain([], [3]),
      none: plain([0], []),
      wide: plain([2], [0.1, 0.2], 'float64'),
    },
    ...{ matrix: plain([1, 2], [4, 9]), block: plain([1, 1, 1, 1, 2], [4, 9]), step64: plain([], [2.5], 'float64') },
  };
  return groupOf(
    ['state_dict', 'odd-entries', 'entries with any keys; tensors, empty containers, sets and generators in a file'],
    [...anyKeys(), ...sharedPlaces(), ...inPlaceOfEntries(), ...inPlaceOfGroups(), ...sets(), ...generators()],
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

/** Keys of the state that equal an id. */
function sharedPlaces(): ScenarioCase[] {
  const entry = dict({ step: 3, square_avg: '$old' });
  const kept = (id: string, key: Value, ids: Value): ScenarioCase =>
    caseOf(
      id,
      ['SDT-6', 'LSD-20'],
      ['state'],
      [
        ...[
          optimizer(),
          loadValue(
            fileOf(
              {
                $dict: [
                  [key, 'x'],
                  ['b', entry],
                ],
              },
              [fullGroup(ids)],
            ),
          ),
        ],
        ...[look('opt', 'state'), save(), train(1), save()],
      ],
    );
  return [
    kept('true-beside-1', true, ['a', 'b']),
    kept('false-beside-0', false, ['b', 'a']),
    kept('true-beside-0', true, ['b', 'a']),
    kept('1-beside-1', 1, ['a', 'b']),
    kept('fraction', 0.5, ['a', 'b']),
    kept('nan', { $float: 'nan' }, ['a', 'b']),
    kept('tuple', tuple(true, 1), ['a', 'b']),
    caseOf(
      'later-than-the-id',
      ['SDT-6'],
      ['state'],
      [
        ...[
          optimizer(),
          loadValue(
            fileOf(
              {
                $dict: [
                  ['b', entry],
                  [true, 'x'],
                ],
              },
              [fullGroup(['a', 'b'])],
            ),
          ),
        ],
        ...[look('opt', 'state'), save()],
      ],
    ),
  ];
}

/** Entries of a parameter that are no dictionary. */
function inPlaceOfEntries(): ScenarioCase[] {
  const table: Readonly<Record<string, Value>> = {
    tensor: '$old',
    parameter: '$w2',
    scalar: '$scalar',
    matrix: '$matrix',
    'tensor-of-many-dimensions': '$block',
    'tensor-of-none': '$none',
    'empty-tuple': tuple(),
    'empty-set': { $set: [] },
    'empty-frozenset': { $frozenset: [] },
    'empty-text': '',
    'empty-list': [],
    text: 'abc',
    tuple: tuple(1),
    set: { $set: [1] },
    frozenset: { $frozenset: [1] },
    false: false,
    fraction: 0.5,
    infinity: { $float: 'inf' },
    'negative-zero': { $float: '-0.0' },
  };
  const clauses = (value: Value): string[] =>
    typeof value === 'string' && value.startsWith('$') ? ['LSD-22', 'LSD-16'] : ['LSD-16', 'LSD-18'];
  return Object.entries(table).map(([name, value]) =>
    caseOf(`entry-${name}`, clauses(value), THROWS, [
      ...[optimizer(), loadValue(fileOf(byId([0, value]))), ...LEFT, train(1), look('opt', 'state')],
      ...[optimizer({}, ['$w']), edit(['opt', 'state', '$w'], value), train(1), read('w'), copy('opt', 'twin'), save()],
    ]),
  );
}

/** Tensors where a file has dictionaries, and what hooks give to be loaded. */
function inPlaceOfGroups(): ScenarioCase[] {
  const tensors: readonly (readonly [string, Value])[] = [
    ['tensor', '$old'],
    ['scalar', '$scalar'],
    ['matrix', '$matrix'],
  ];
  return tensors.flatMap(([name, value]) => [
    caseOf(`group-${name}`, ['LSD-22', 'LSD-17'], THROWS, [
      ...[optimizer(), train(1), loadValue(fileOf(dict(), [value])), ...LEFT, train(1, { after: 1 })],
    ]),
    caseOf(`given-${name}`, ['LSD-22', 'HKS-7'], THROWS, [
      ...[optimizer(), train(1), save(), hook('load_state_dict_pre', [{ return: value }]), load(), ...LEFT],
    ]),
    caseOf(`own-group-${name}`, ['LSD-22', 'RPR-17'], THROWS, [
      ...[optimizer(), edit(['opt', 'param_groups', 0], value), train(1), save(), { op: 'zero_grad' } as const],
      ...[{ op: 'repr' } as const, copy('opt', 'twin')],
    ]),
  ]);
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
  return [
    extra('set-of-a-tensor', { $set: ['$wide'] }),
    extra('frozenset-of-a-tensor', { $frozenset: ['$wide'] }),
    extra('sets-within', [{ $frozenset: [1] }, tuple({ $set: ['$wide'] })]),
    extra('set-of-a-text', { $set: ['a'] }),
    caseOf(
      'frozenset-shared',
      ['RPR-3', 'LSD-11'],
      [],
      [
        ...[optimizer(), set('note', { $frozenset: ['$old'] }), save(), load(), look('opt', 'param_groups')],
        ...[copy('opt', 'twin'), same(['twin', 'param_groups', 0, 'note'], ['opt', 'param_groups', 0, 'note'])],
      ],
    ),
  ];
}

/** Generators can be neither copied nor rebuilt. */
function generators(): ScenarioCase[] {
  const generator: Value = { $generator: [0, 1] };
  const entry = (more: Readonly<Record<string, Value>>): Value =>
    byId([0, dict({ step: 3, square_avg: '$old', ...more })]);
  const loaded = (id: string, clauses: readonly string[], file: Value): ScenarioCase =>
    caseOf(
      `generator-${id}`,
      clauses,
      [...THROWS, 'iterables'],
      [...[optimizer(), train(1), loadValue(file), look('opt', 'param_groups'), train(1, { after: 1 })]],
    );
  return [
    loaded('of-groups', ['RPR-15', 'LSD-17'], fileOf(dict(), { $generator: [fullGroup([0, 1])] })),
    loaded('of-ids', ['RPR-15', 'LSD-17'], fileOf(dict(), [fullGroup(generator)])),
    loaded('as-option', ['RPR-15', 'LSD-17'], fileOf(dict(), [fullGroup([0, 1], { note: generator })])),
    loaded('as-value', ['RPR-15', 'LSD-17'], fileOf(entry({ extra: generator }))),
    loaded('in-a-list', ['RPR-15', 'LSD-17'], fileOf(entry({ extra: [generator] }))),
    loaded('as-step', ['RPR-15', 'LSD-17'], fileOf(entry({ step: generator }))),
    loaded('under-an-unknown-id', ['RPR-15', 'LSD-5'], fileOf(byId([9, generator]))),
    loaded('itself', ['LSD-3'], generator),
    caseOf(
      'generator-copied',
      ['RPR-15'],
      [...THROWS, 'iterables'],
      [...[optimizer(), set('note', generator), copy('opt', 'twin'), fresh(), copy('fresh', 'other')]],
    ),
  ];
}

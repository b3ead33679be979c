/**
 * Attributes that were replaced or deleted, and what is done with the optimizer then.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, byId, caseOf, copy, dict, edit, groupOf, loadValue, look, optimizer, plain, remove } from '../tiny.ts';
import { same, save, step, train, tuple } from '../tiny.ts';
import { fileOf, fullGroup } from './file.ts';

const NEEDS = ['errors', 'messages', 'attributes'] as const;
const names: Op = { op: 'attributes' };
const take = (value: Value = dict()): Op => ({ op: 'setstate', value });

/** Everything that can be done with an optimizer, what changes it last. */
const ALL: readonly Op[] = [
  ...[step(), save(), { op: 'repr' } as const, { op: 'zero_grad' } as const, { op: 'getstate' } as const],
  ...[copy('opt', 'twin'), { op: 'copy', of: 'opt', as: 'other', shallow: true } as const, take()],
  ...[loadValue(fileOf(byId([0, dict({ step: 1, square_avg: '$old' })]), [fullGroup([0])])), add({ params: ['$b'] })],
];

/** The group `replaced-attributes`. */
export function replacedAttributes(): Group {
  return groupOf(
    ['state_dict', 'replaced-attributes', 'attributes replaced or deleted, and what __setstate__ takes'],
    [...replaced(), ...taken()],
    { tensors: { old: plain([2], [4, 9]), scalar: plain([], [3]) } },
  );
}

function replaced(): ScenarioCase[] {
  const own = fullGroup(['$w']);
  const table: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
    state: { dict: dict(), none: null, list: [], number: 5, text: 'x', tensor: '$old' },
    param_groups: {
      ...{ none: null, number: 5, tuple: tuple(own), dict: dict({ a: 1 }), set: { $set: [1] }, text: 'x' },
      ...{ empty: [], 'of-none': [null], 'of-a-list': [[1]], tensor: '$old', scalar: '$scalar' },
    },
    defaults: {
      ...{ none: null, number: 5, text: 'x', list: [], empty: dict(), tensor: '$old', 'odd-key': byId([5, 'x']) },
      ...{ 'foreach-tensor': dict({ foreach: '$old', differentiable: false }) },
      ...{ 'differentiable-tensor': dict({ differentiable: '$old' }) },
    },
  };
  const programs = Object.entries(table).flatMap(([name, values]) => [
    ...Object.entries(values).map(([kind, value]) => [name, kind, edit(['opt', name], value)] as const),
    [name, 'deleted', remove('opt', name)] as const,
  ]);
  return [
    ...programs.map(([name, kind, change]) =>
      caseOf(`${name.replaceAll('_', '-')}-${kind}`, ['RPR-17'], NEEDS, [
        ...[optimizer({}, ['$w']), train(1), change, ...ALL, names],
      ]),
    ),
    caseOf('absent', ['RPR-17', 'RPR-14'], NEEDS, [optimizer(), remove('opt', 'note'), look('opt', 'note'), names]),
    caseOf('profile-name', ['RPR-17', 'RPR-14'], NEEDS, [
      ...[optimizer(), remove('opt', '_zero_grad_profile_name'), names, step(), save(), take(), names],
    ]),
    caseOf('state-of-one-only', ['RPR-17'], NEEDS, [
      ...[optimizer({}, ['$w', '$b']), train(1)],
      edit(['opt', 'state'], { $dict: [['$w', dict({ step: 4, square_avg: '$old' })]] }),
      ...[train(1, { after: 1 }), look('opt', 'state'), copy('opt', 'twin'), look('twin', 'state')],
    ]),
    caseOf('defaults-of-a-second-group', ['RPR-17', 'GRP-4'], NEEDS, [
      optimizer({}, ['$w']),
      edit(['opt', 'defaults'], dict({ differentiable: false, lr: 5, note: 'x' })),
      ...[add({ params: ['$b'] }), look('opt', 'param_groups'), train(1)],
    ]),
  ];
}

/** What `__setstate__` takes, as a dictionary's `update` does. */
function taken(): ScenarioCase[] {
  const table: Readonly<Record<string, Value>> = {
    ...{ none: null, number: 5, text: 'abc', 'empty-text': '', 'text-of-two': ['ab'], 'empty-list': [] },
    ...{ pairs: [tuple('note', 5)], 'pair-too-long': [tuple('note', 5), [1, 2, 3]] },
    ...{ set: { $set: [tuple('note', 5)] }, scalar: '$scalar', boolean: true },
    ...{ tuple: tuple(tuple('note', 1), tuple('note', 2)), 'no-groups': dict({ note: 1, param_groups: [] }) },
    ...{
      'state-none': dict({ state: null }),
      'state-list': dict({ state: [] }),
      'state-dict': dict({ state: dict() }),
    },
    ...{ 'groups-none': dict({ param_groups: null }), 'groups-of-a-list': dict({ param_groups: [[1]] }) },
    ...{ 'groups-of-a-text': dict({ param_groups: ['abc'] }), 'groups-of-a-tensor': dict({ param_groups: ['$old'] }) },
    ...{
      'params-none': dict({ param_groups: [dict({ params: null })] }),
      'no-params': dict({ param_groups: [dict()] }),
    },
    ...{ 'params-of-lists': dict({ param_groups: [dict({ params: [[1]] })] }) },
    ...{ 'defaults-none': dict({ defaults: null }), 'defaults-list': dict({ defaults: [] }) },
    ...{ 'defaults-number': dict({ defaults: 5 }), 'defaults-tensor': dict({ defaults: '$old' }) },
    ...{ 'no-step': dict({ state: { $dict: [['$w', dict({ square_avg: '$old' })]] } }) },
    ...{ 'step-number': dict({ state: { $dict: [['$w', dict({ step: 4, square_avg: '$old' })]] } }) },
    ...{ 'step-text': dict({ state: { $dict: [['$w', dict({ step: '4', square_avg: '$old' })]] } }) },
    ...{ 'step-none': dict({ state: { $dict: [['$w', dict({ step: null, square_avg: '$old' })]] } }) },
    ...{
      'entry-none': dict({ state: { $dict: [['$w', null]] } }),
      'entry-tensor': dict({ state: { $dict: [['$w', '$old']] } }),
    },
  };
  return [
    ...Object.entries(table).map(([name, value]) =>
      caseOf(`taken-${name}`, ['RPR-13'], NEEDS, [
        ...[optimizer(), train(1), take(value), names, look('opt', 'state'), look('opt', 'param_groups')],
        ...[train(1, { after: 1 }), look('opt', 'state')],
      ]),
    ),
    caseOf('taken-live', ['RPR-13', 'LSD-15'], NEEDS, [
      ...[optimizer(), train(1), edit(['opt', 'state', '$w', 'step'], 5), { op: 'getstate' } as const],
      ...[{ op: 'setstate' } as const, look('pickled'), same(['pickled', 'state'], ['opt', 'state'])],
    ]),
    caseOf('taken-from-an-optimizer', ['RPR-13'], NEEDS, [
      ...[optimizer(), { op: 'setstate', from: 'opt' } as const, names],
    ]),
  ];
}

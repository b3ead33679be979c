/**
 * Attributes that were replaced, and what is done with the optimizer then.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, byId, caseOf, copy, dict, edit, groupOf, loadValue, look, optimizer, plain } from '../tiny.ts';
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
    ['state_dict', 'replaced-attributes', 'attributes replaced, and what __setstate__ takes'],
    [...replaced(), ...taken()],
    { tensors: { old: plain([2], [4, 9]) } },
  );
}

function replaced(): ScenarioCase[] {
  const table: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
    state: { dict: dict() },
    param_groups: { tuple: tuple(fullGroup(['$w'])), empty: [] },
    defaults: { empty: dict() },
  };
  const programs = Object.entries(table).flatMap(([name, values]) =>
    Object.entries(values).map(([kind, value]) => [name, kind, edit(['opt', name], value)] as const),
  );
  return [
    ...programs.map(([name, kind, change]) =>
      caseOf(`${name.replaceAll('_', '-')}-${kind}`, ['RPR-17'], NEEDS, [
        ...[optimizer({}, ['$w']), train(1), change, ...ALL, names],
      ]),
    ),
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
    ...{ 'no-groups': dict({ note: 1, param_groups: [] }), 'state-dict': dict({ state: dict() }) },
    ...{ 'no-step': dict({ state: { $dict: [['$w', dict({ square_avg: '$old' })]] } }) },
    ...{ 'step-number': dict({ state: { $dict: [['$w', dict({ step: 4, square_avg: '$old' })]] } }) },
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
  ];
}

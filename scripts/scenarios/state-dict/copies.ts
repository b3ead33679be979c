/**
 * Deep copies of optimizers.
 */
import type { Op, Place, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  add,
  caseOf,
  copy,
  dict,
  edit,
  groupOf,
  hook,
  load,
  logging,
  look,
  optimizer,
  plain,
  read,
  remove,
} from '../tiny.ts';
import { same, save, set, state, step, train, tuple } from '../tiny.ts';

/** Group `copy`. */
export function copies(): Group {
  const tensors = { rate: plain([], [0.25]), p: plain([2], [1, 2]) };
  const gradients = { p: [{ p: '3e800000 3f000000' }, { p: 'bf800000 3e800000' }] };
  return groupOf(['state_dict', 'copy', 'deep copies of an optimizer'], cases(), { tensors, gradients });
}

const LOOK: readonly Op[] = [look('twin', 'param_groups'), look('twin', 'state'), look('twin', 'defaults')];

function cases(): ScenarioCase[] {
  const param: Place = ['twin', 'param_groups', 0, 'params', 0];
  return [
    caseOf('before-any-step', ['RPR-3'], [], [optimizer(), copy('opt', 'twin'), ...LOOK]),
    caseOf(
      'after-a-step',
      ['RPR-3'],
      ['state'],
      [optimizer({ momentum: 0.9, centered: true }), train(2), copy('opt', 'twin'), ...LOOK, save('twin')],
    ),
    caseOf(
      'groups-and-names',
      ['RPR-3'],
      [],
      [
        optimizer({}, [
          dict({ params: [tuple('weight', '$w')], lr: 0.5 }),
          dict({ params: [tuple('bias', '$b')], note: ['x'] }),
        ]),
        copy('opt', 'twin'),
        ...LOOK,
      ],
    ),
    caseOf(
      'order-of-the-state',
      ['RPR-3'],
      [],
      [optimizer(), train(3, { gradients: 'late' }), copy('opt', 'twin'), save('twin')],
    ),
    caseOf(
      'identities',
      ['RPR-3'],
      [],
      [
        optimizer({ lr: '$rate' }),
        train(1),
        copy('opt', 'twin'),
        same(param, ['$w']),
        ...[
          ['param_groups'],
          ['param_groups', 0],
          ['param_groups', 0, 'lr'],
          ['defaults'],
          ['state'],
          ['defaults', 'lr'],
        ].map((path) => same(['twin', ...path], ['opt', ...path])),
        // One object in two places stays one.
        same(['twin', 'param_groups', 0, 'lr'], ['twin', 'defaults', 'lr']),
      ],
    ),
    // A default that a group lacks is filled in as the object that it is.
    ...(Object.entries({ list: [1, 2], dictionary: dict({ a: 1 }) }) as [string, Value][]).map(([id, value]) =>
      caseOf(
        `one-${id}-in-two-places`,
        ['RPR-3'],
        [],
        [
          ...[optimizer({}, ['$w']), edit(['opt', 'defaults', 'note'], value), add({ params: ['$b'] })],
          ...[edit(['opt', 'defaults', 'again'], value), add({ params: ['$w2'] }), copy('opt', 'twin'), ...LOOK],
          same(['opt', 'param_groups', 1, 'note'], ['opt', 'param_groups', 2, 'note']),
          same(['twin', 'param_groups', 1, 'note'], ['twin', 'param_groups', 2, 'note']),
          same(['twin', 'param_groups', 2, 'again'], ['twin', 'defaults', 'again']),
          same(['twin', 'param_groups', 1, 'note'], ['opt', 'param_groups', 1, 'note']),
          // Equal, but another object.
          same(['twin', 'param_groups', 2, 'note'], ['twin', 'param_groups', 2, 'again']),
        ],
      ),
    ),
    caseOf(
      'one-object-in-two-groups-of-a-state-dict',
      ['RPR-6', 'LSD-11'],
      [],
      [
        ...[optimizer({}, ['$w']), edit(['opt', 'defaults', 'list'], [1, 2])],
        ...[edit(['opt', 'defaults', 'dictionary'], dict({ a: 1 })), add({ params: ['$b'] }), add({ params: ['$w2'] })],
        ...[save(), copy('saved', 'kept'), look('kept', 'param_groups'), load('opt', 'kept')],
        ...['list', 'dictionary'].flatMap((key) =>
          ['kept', 'opt'].map((name) => same([name, 'param_groups', 1, key], [name, 'param_groups', 2, key])),
        ),
      ],
    ),
    caseOf(
      'apart-afterwards',
      ['RPR-3'],
      ['state'],
      [
        optimizer({ momentum: 0.9 }),
        train(1),
        copy('opt', 'twin'),
        train(1, { after: 1 }),
        set('lr', 0.5),
        look('twin', 'state'),
        look('twin', 'param_groups'),
        edit(['twin', 'defaults', 'lr'], 3),
        look('opt', 'defaults', 'lr'),
      ],
    ),
    caseOf(
      'parameters-have-no-gradient',
      ['RPR-5'],
      [],
      [
        optimizer(),
        train(1),
        copy('opt', 'twin'),
        look(...param, 'grad'),
        step({ optimizer: 'twin' }),
        look(...param),
        look('twin', 'state'),
      ],
    ),
    caseOf(
      'plain-tensors-keep-their-gradient',
      ['RPR-5'],
      ['state'],
      [
        optimizer({ lr: 0.5, momentum: 0.9 }, ['$p']),
        train(1, { gradients: 'p' }),
        copy('opt', 'twin'),
        look(...param, 'grad'),
        same([...param, 'grad'], ['$p', 'grad']),
        step({ optimizer: 'twin' }),
        step(),
        look(...param),
        look('opt', 'param_groups', 0, 'params', 0),
        read('p'),
        look('twin', 'state'),
        state(),
      ],
    ),
    caseOf(
      'hooks-are-dropped',
      ['RPR-4'],
      [],
      [
        optimizer(),
        ...(['step_pre', 'step_post', 'state_dict_pre', 'state_dict_post'] as const).map((on) => logging(on)),
        ...(['load_state_dict_pre', 'load_state_dict_post'] as const).map((on) => logging(on)),
        copy('opt', 'twin'),
        step({ optimizer: 'twin' }),
        save('twin'),
        load('twin'),
        train(1),
      ],
    ),
    caseOf(
      'global-hooks-stay',
      ['RPR-4'],
      [],
      [
        optimizer(),
        logging('global_step_pre'),
        logging('global_step_post'),
        copy('opt', 'twin'),
        step({ optimizer: 'twin' }),
      ],
    ),
    caseOf(
      'hooks-of-the-copy',
      ['RPR-4'],
      [],
      [
        optimizer(),
        copy('opt', 'twin'),
        hook('step_pre', [{ log: 'of the twin' }], { optimizer: 'twin' }),
        step({ optimizer: 'twin' }),
        step(),
      ],
    ),
    caseOf(
      'of-a-copy',
      ['RPR-3'],
      ['state'],
      [
        optimizer(),
        train(1),
        copy('opt', 'twin'),
        copy('twin', 'third'),
        look('third', 'state'),
        same(['third', 'param_groups', 0, 'params', 0], param),
      ],
    ),
    caseOf(
      'loads-a-file',
      ['RPR-3', 'LSD-1'],
      ['state'],
      [optimizer(), copy('opt', 'twin'), train(2), save(), load('twin'), look('twin', 'state'), same(param, ['$w'])],
    ),
    caseOf(
      'adds-a-group',
      ['RPR-3'],
      [],
      [optimizer({ lr: 0.5 }), copy('opt', 'twin'), add({ params: ['$w'] }, 'twin'), look('twin', 'param_groups')],
    ),
    caseOf(
      'completes-the-groups',
      ['RPR-3', 'LSD-9'],
      [],
      [
        optimizer(),
        remove('opt', 'param_groups', 0, 'maximize'),
        remove('opt', 'param_groups', 0, 'lr'),
        copy('opt', 'twin'),
        look('twin', 'param_groups'),
      ],
    ),
    caseOf(
      'migrates-step',
      ['RPR-3', 'LSD-15'],
      ['set-state'],
      [
        optimizer(),
        train(1),
        edit(['opt', 'state', '$w', 'step'], 5),
        copy('opt', 'twin'),
        look('twin', 'state'),
        look('opt', 'state'),
      ],
    ),
    caseOf(
      'refused-without-step',
      ['RPR-3', 'LSD-16'],
      ['set-state', 'errors', 'messages'],
      [optimizer(), train(1), remove('opt', 'state', '$w', 'step'), copy('opt', 'twin'), look('twin', 'state')],
    ),
    caseOf(
      'of-a-state-dict',
      ['RPR-6'],
      ['state'],
      [
        optimizer({ lr: '$rate' }),
        train(1),
        save(),
        copy('saved', 'kept'),
        train(1, { after: 1 }),
        look('kept'),
        same(['kept', 'state', 0, 'square_avg'], ['saved', 'state', 0, 'square_avg']),
        same(['kept', 'param_groups', 0, 'lr'], ['$rate']),
      ],
    ),
  ];
}

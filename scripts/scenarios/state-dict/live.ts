/**
 * Which objects of a state dict are the optimizer's own.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, edit, groupOf, look, optimizer, plain, remove, same, save, set, train } from '../tiny.ts';

/** Group `live`. */
export function live(): Group {
  const tensors = { rate: plain([], [0.25]), other: plain([2], [4, 9]) };
  return groupOf(['state_dict', 'live', 'what a state dict shares with its optimizer'], cases(), { tensors });
}

function cases(): ScenarioCase[] {
  return [
    caseOf(
      'step-after',
      ['SDT-7'],
      ['state'],
      [optimizer({ momentum: 0.9, centered: true }), train(1), save(), train(2, { after: 1 }), look('saved')],
    ),
    caseOf(
      'late-state-after',
      ['SDT-7'],
      [],
      [
        optimizer(),
        train(1, { gradients: 'late' }),
        save(),
        train(2, { gradients: 'late', after: 1 }),
        look('saved', 'state'),
      ],
    ),
    caseOf(
      'empty-state-filled-after',
      ['SDT-7', 'STA-1'],
      [],
      [optimizer(), look('opt', 'state', '$w'), save(), train(1), look('saved', 'state')],
    ),
    caseOf(
      'option-after',
      ['SDT-7'],
      [],
      [
        optimizer(),
        save(),
        set('lr', 0.5),
        look('saved', 'param_groups', 0, 'lr'),
        edit(['saved', 'param_groups', 0, 'alpha'], 0.5),
        edit(['saved', 'param_groups', 0, 'params'], []),
        remove('saved', 'param_groups', 0, 'eps'),
        look('opt', 'param_groups'),
      ],
    ),
    caseOf(
      'nested-option-after',
      ['SDT-7'],
      [],
      [
        optimizer({}, [dict({ params: ['$w', '$b'], note: [1, 2] })]),
        save(),
        edit(['opt', 'param_groups', 0, 'note', 0], 'changed'),
        look('saved', 'param_groups', 0, 'note'),
        same(['saved', 'param_groups', 0, 'note'], ['opt', 'param_groups', 0, 'note']),
      ],
    ),
    caseOf(
      'lr-tensor-after',
      ['SDT-7'],
      [],
      [
        optimizer({ lr: '$rate' }),
        save(),
        same(['saved', 'param_groups', 0, 'lr'], ['opt', 'param_groups', 0, 'lr']),
        set('lr', '$other'),
        look('saved', 'param_groups', 0, 'lr'),
      ],
    ),
    caseOf('group-added-after', ['SDT-7'], [], [optimizer(), save(), add({ params: ['$w2'] }), look('saved')]),
    caseOf(
      'entry-changed-in-saved',
      ['SDT-7'],
      ['state'],
      [
        optimizer(),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'square_avg'], '$other'),
        remove('saved', 'state', 1, 'step'),
        look('opt', 'state'),
      ],
    ),
    caseOf(
      'state-removed-from-saved',
      ['SDT-7'],
      [],
      [
        optimizer(),
        train(1),
        save(),
        remove('saved', 'state', 0),
        remove('saved', 'param_groups', 0),
        look('opt', 'state', '$w'),
        look('opt', 'param_groups', 0, 'params'),
      ],
    ),
    caseOf(
      'identities',
      ['SDT-7', 'SDT-1'],
      [],
      [
        optimizer(),
        train(1),
        save(),
        save('opt', 'again'),
        ...[
          [],
          ['state'],
          ['state', 0],
          ['state', 0, 'square_avg'],
          ['param_groups'],
          ['param_groups', 0],
          ['param_groups', 0, 'params'],
        ].map((path) => same(['saved', ...path], ['again', ...path])),
        same(['saved', 'state', 0], ['opt', 'state', '$w']),
        same(['saved', 'state', 0, 'square_avg'], ['opt', 'state', '$w', 'square_avg']),
        same(['saved', 'param_groups', 0], ['opt', 'param_groups', 0]),
      ],
    ),
  ];
}

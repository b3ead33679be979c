/**
 * Hooks that change state dicts on their way out and in.
 */
import type { Behaviour, Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, fresh, groupOf, hook, load, loadValue, logging, look, optimizer } from '../tiny.ts';
import { remove, same, save, train } from '../tiny.ts';

/** Group `dicts`. */
export function dicts(): Group {
  return groupOf(['hooks', 'dicts', 'hooks that change state dicts'], [...saving(), ...loading()]);
}

function saving(): ScenarioCase[] {
  const own = (id: string, ...hooks: readonly Op[]): ScenarioCase =>
    caseOf(
      id,
      ['HKS-10'],
      [],
      [optimizer(), train(1), ...hooks, save(), look('opt', 'param_groups'), look('opt', 'state')],
    );
  const post = (...does: readonly Behaviour[]): Op => hook('state_dict_post', does);
  return [
    own('pre-writes-into-the-state', hook('state_dict_pre', [{ set_state: ['test', 1] }])),
    own('post-adds-a-key', post({ edit: { at: ['epoch'], value: 3 } })),
    own('post-deletes-state', post({ edit: { at: ['state', 0], delete: true } })),
    own('post-deletes-from-an-entry', post({ edit: { at: ['state', 0, 'step'], delete: true } })),
    own('post-changes-a-group', post({ edit: { at: ['param_groups', 0, 'lr'], value: 0.5 } })),
    own('post-renames-ids', post({ edit: { at: ['param_groups', 0, 'params'], value: ['w', 'b'] } })),
    own('post-sets-an-option', post({ set_option: ['lr', 0.5] })),
  ];
}

function loading(): ScenarioCase[] {
  const own = (id: string, ...does: readonly Behaviour[]): ScenarioCase =>
    caseOf(
      id,
      ['HKS-11', 'LSD-8'],
      [],
      [
        optimizer(),
        train(1),
        save(),
        hook('load_state_dict_pre', does),
        load(),
        look('opt', 'param_groups'),
        look('opt', 'state'),
        look('saved'),
      ],
    );
  const group = dict({ params: [0, 1], lr: 0.25, alpha: 0.5, eps: 1, weight_decay: 0 });
  return [
    own('nested-option', { edit: { at: ['param_groups', 0, 'lr'], value: 0.5 } }),
    own('nested-state', { edit: { at: ['state', 0, 'note'], value: 5 } }),
    own('nested-state-deleted', { edit: { at: ['state', 1], delete: true } }),
    own('nested-group-replaced', { edit: { at: ['param_groups', 0], value: group } }),
    own(
      'top-level-replaced',
      { edit: { at: ['param_groups'], value: [group] } },
      { edit: { at: ['state'], value: dict() } },
    ),
    own('top-level-added', { edit: { at: ['epoch'], value: 3 } }, { log: 'edited' }),
    own(
      'top-level-replaced-then-nested',
      { edit: { at: ['param_groups'], value: [group] } },
      {
        edit: { at: ['param_groups', 0, 'lr'], value: 0.5 },
      },
    ),
    caseOf(
      'top-level-deleted',
      ['HKS-11', 'LSD-8'],
      ['errors', 'messages'],
      [
        optimizer(),
        save(),
        hook('load_state_dict_pre', [{ edit: { at: ['state'], delete: true } }, { log: 'edited' }]),
        load(),
        look('saved'),
      ],
    ),
    caseOf(
      'repairs-a-file',
      ['HKS-11'],
      [],
      [
        optimizer(),
        train(1),
        save(),
        remove('saved', 'state'),
        hook('load_state_dict_pre', [{ edit: { at: ['state'], value: dict() } }]),
        load(),
        look('opt', 'state'),
      ],
    ),
    caseOf(
      'none-given-to-the-hook-is-refused-before',
      ['HKS-11', 'LSD-3'],
      ['errors', 'messages'],
      [optimizer(), logging('load_state_dict_pre'), loadValue(null)],
    ),
    caseOf(
      'a-list-reaches-the-hook',
      ['HKS-11', 'LSD-3'],
      ['errors', 'messages'],
      [optimizer(), logging('load_state_dict_pre'), loadValue([1, 'x'])],
    ),
    caseOf(
      'hooks-of-the-saver-do-not-load',
      ['HKS-11'],
      [],
      [
        optimizer(),
        logging('load_state_dict_pre'),
        save(),
        fresh(),
        logging('load_state_dict_post', 'post_of_fresh', { optimizer: 'fresh' }),
        load('fresh'),
        same(['fresh', 'param_groups', 0], ['opt', 'param_groups', 0]),
      ],
    ),
  ];
}

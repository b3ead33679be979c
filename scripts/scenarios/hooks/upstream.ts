/**
 * The tests that PyTorch has of hooks: one case for each, named after it (spec/coverage.json).
 */
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  fresh,
  groupOf,
  hook,
  load,
  logging,
  look,
  optimizer,
  save,
  step,
  train,
  train2,
  unhook,
} from '../tiny.ts';
import { STEP_KINDS } from './kinds.ts';

/** Group `upstream`. */
export function upstream(): Group {
  return groupOf(['hooks', 'upstream', 'the tests that PyTorch has of hooks'], cases());
}

function cases(): ScenarioCase[] {
  const counted = (kind: 'step_pre' | 'step_post'): ScenarioCase =>
    caseOf(
      kind.replace('_', '-'),
      ['HKS-2', 'HKS-3'],
      [],
      [optimizer(), logging(kind, 'counter'), step(), step(), unhook('counter'), step()],
    );
  const sequence = STEP_KINDS.toReversed();
  return [
    counted('step_post'),
    counted('step_pre'),
    caseOf(
      'step-all-hooks',
      ['HKS-2', 'HKS-3', 'HKS-17'],
      [],
      [
        optimizer(),
        fresh(),
        ...sequence.map((kind) => logging(kind, kind)),
        ...(['step_pre', 'step_post'] as const).map((kind) => logging(kind, `${kind}2`, { optimizer: 'fresh' })),
        train(1),
        train2(1),
        train(1, { after: 1 }),
        train2(1, { after: 1 }),
        ...[...sequence, 'step_pre2', 'step_post2'].map((label) => unhook(label)),
        train(1, { after: 2 }),
        train2(1, { after: 2 }),
      ],
    ),
    caseOf(
      'state-dict-pre',
      ['HKS-10', 'SDT-6'],
      [],
      [optimizer(), hook('state_dict_pre', [{ set_state: ['test', 1] }]), save()],
    ),
    caseOf(
      'state-dict-post',
      ['HKS-10'],
      [],
      [optimizer(), hook('state_dict_post', [{ return_copy: { ran_state_dict_pre_hook: false } }]), save()],
    ),
    caseOf(
      'state-dict-pre-post',
      ['HKS-10'],
      [],
      [
        optimizer(),
        hook('state_dict_pre', [{ set_state: ['test', 1] }]),
        hook('state_dict_post', [
          { edit: { at: ['state', 'test'], delete: true } },
          { edit: { at: ['ran_state_dict_pre_hook'], value: true } },
        ]),
        save(),
      ],
    ),
    caseOf(
      'load-state-dict-pre-and-prepend',
      ['HKS-11', 'HKS-4'],
      [],
      [
        optimizer(),
        save(),
        hook('load_state_dict_pre', [{ edit: { at: ['param_groups', 0, 'lr'], value: 0.002 } }], { as: 'in_place' }),
        load(),
        look('opt', 'param_groups', 0, 'lr'),
        hook('load_state_dict_pre', [{ return_copy: { lr: 0.003 } }], { as: 'copying', options: { prepend: true } }),
        load(),
        look('opt', 'param_groups', 0, 'lr'),
      ],
    ),
    caseOf('load-state-dict-post', ['HKS-12'], [], [optimizer(), save(), logging('load_state_dict_post'), load()]),
    caseOf(
      'load-state-dict-pre-post',
      ['HKS-11', 'HKS-12'],
      [],
      [
        optimizer(),
        save(),
        hook('load_state_dict_pre', [{ return_copy: { lr: 0.003 } }]),
        logging('load_state_dict_post'),
        load(),
      ],
    ),
  ];
}

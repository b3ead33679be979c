/**
 * Hooks of several optimizers.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, fresh, groupOf, hook, logging, look, optimizer, train, train2 } from '../tiny.ts';

/** Group `optimizers`. */
export function optimizers(): Group {
  return groupOf(['hooks', 'optimizers', 'hooks of several optimizers'], cases());
}

function cases(): ScenarioCase[] {
  const local = (optimizer: string): Op[] =>
    (['step_pre', 'step_post'] as const).map((kind) => logging(kind, `${kind}_of_${optimizer}`, { optimizer }));
  return [
    caseOf(
      'global-hooks-for-both',
      ['HKS-17'],
      [],
      [optimizer(), fresh(), logging('global_step_pre'), logging('global_step_post'), train(1), train2(1)],
    ),
    caseOf(
      'global-hooks-before-the-optimizer-was-made',
      ['HKS-17'],
      [],
      [logging('global_step_pre'), logging('global_step_post'), optimizer(), train(1)],
    ),
    caseOf(
      'local-hooks-for-one',
      ['HKS-17'],
      [],
      [optimizer(), fresh(), ...local('opt'), train2(1), train(1), train2(1, { after: 1 })],
    ),
    caseOf(
      'local-and-global',
      ['HKS-17', 'HKS-2'],
      [],
      [
        optimizer(),
        fresh(),
        ...local('fresh'),
        logging('global_step_post'),
        ...local('opt'),
        logging('global_step_pre'),
        train(1),
        train2(1),
      ],
    ),
    caseOf(
      'global-hook-sees-its-optimizer',
      ['HKS-17'],
      [],
      [
        optimizer(),
        fresh(),
        hook('global_step_pre', [{ set_option: ['lr', 0.5] }]),
        train(1),
        look('opt', 'param_groups', 0, 'lr'),
        look('fresh', 'param_groups', 0, 'lr'),
        train2(1),
      ],
    ),
    caseOf(
      'one-optimizer-registers-for-another',
      ['HKS-16', 'HKS-17'],
      [],
      [
        optimizer(),
        fresh(),
        hook('step_pre', [{ log: 'adding' }, { do: [hook('step_pre', [{ log: 'added' }], { optimizer: 'fresh' })] }], {
          as: 'adding',
        }),
        logging('step_pre', 'later'),
        train(1),
        train2(1),
      ],
    ),
    caseOf(
      'over-the-same-tensors',
      ['HKS-17'],
      [],
      [
        optimizer(),
        fresh({}, ['$w', '$b']),
        ...local('opt'),
        ...local('fresh'),
        train(1),
        train(1, { optimizer: 'fresh', after: 1 }),
      ],
    ),
  ];
}

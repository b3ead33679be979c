/**
 * Attributes of an optimizer, what pickling keeps of them, and taking it over.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { caseOf, copy, dict, fresh, groupOf, load, logging, look, optimizer, remove } from '../tiny.ts';
import { same, save, state, step, train } from '../tiny.ts';

/** The group `attributes`. */
export function attributes(): Group {
  const names = (optimizer?: string): Op => ({ op: 'attributes', ...(optimizer ? { optimizer } : {}) });
  const take = (value: Value): Op => ({ op: 'setstate', value });
  const kept: Op = { op: 'getstate' };
  const old = dict({ params: ['$w'], lr: 0.1, alpha: 0.9, eps: 0.1, weight_decay: 0 });
  return groupOf(
    ['state_dict', 'attributes', 'the attributes of an optimizer; what pickling keeps, and __setstate__'],
    [
      caseOf(
        'order',
        ['RPR-14'],
        [],
        [
          ...[optimizer(), names(), save(), load(), names(), train(1), names(), copy('opt', 'copied'), names('copied')],
          look('opt', '_zero_grad_profile_name'),
        ],
      ),
      caseOf(
        'kept',
        ['RPR-13'],
        [],
        [
          ...[optimizer(), train(1), kept, same(['pickled', 'state'], ['opt', 'state'])],
          ...[
            same(['pickled', 'defaults'], ['opt', 'defaults']),
            same(['pickled', 'param_groups'], ['opt', 'param_groups']),
          ],
        ],
      ),
      caseOf(
        'taken-over',
        ['RPR-13'],
        [],
        [
          ...[
            optimizer({ momentum: 0.5 }),
            train(2),
            kept,
            fresh({ lr: 0.5 }),
            logging('step_pre', 'before', { optimizer: 'fresh' }),
          ],
          ...[
            { op: 'setstate', optimizer: 'fresh' } as const,
            names('fresh'),
            look('fresh', 'param_groups'),
            look('fresh', 'defaults'),
          ],
          ...[step({ optimizer: 'fresh' }), same(['fresh', 'param_groups'], ['opt', 'param_groups']), state('fresh')],
        ],
      ),
      caseOf('extra', ['RPR-13'], [], [optimizer(), take(dict({ note: 5 })), names(), look('opt', 'note')]),
      caseOf(
        'old-group',
        ['RPR-13', 'LSD-9'],
        [],
        [
          ...[
            optimizer(),
            train(1),
            take(dict({ param_groups: [old] })),
            look('opt', 'param_groups'),
            train(1),
            state(),
          ],
        ],
      ),
      caseOf(
        'without-differentiable',
        ['RPR-13'],
        [],
        [...[optimizer(), remove('opt', 'defaults', 'differentiable'), take(dict()), look('opt', 'defaults')]],
      ),
    ],
  );
}

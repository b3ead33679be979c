/**
 * Shallow copies of optimizers.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import {
  add,
  caseOf,
  copy,
  dict,
  edit,
  groupOf,
  load,
  logging,
  look,
  optimizer,
  plain,
  read,
  remove,
} from '../tiny.ts';
import { same, save, set, state, step, train } from '../tiny.ts';

const NEEDS = ['attributes'] as const;
const shallow = (of: string, as: string): Op => ({ op: 'copy', of, as, shallow: true });
const twin = { optimizer: 'twin' } as const;

/** The group `shallow-copy`. */
export function shallowCopies(): Group {
  const one = (...path: readonly (string | number)[]): Op => same(['twin', ...path], ['opt', ...path]);
  const names: Op = { op: 'attributes', optimizer: 'twin' };
  return groupOf(
    ['state_dict', 'shallow-copy', 'shallow copies of an optimizer'],
    [
      caseOf('identities', ['RPR-16'], NEEDS, [
        ...[optimizer({ momentum: 0.9 }), train(1), shallow('opt', 'twin'), names, same(['twin'], ['opt'])],
        ...[one('defaults'), one('state'), one('param_groups'), one('param_groups', 0, 'params', 0)],
      ]),
      caseOf(
        'steps-of-both',
        ['RPR-16'],
        ['state', ...NEEDS],
        [
          ...[optimizer({ momentum: 0.9 }), train(1), shallow('opt', 'twin')],
          ...[train(1, { after: 1 }), train(1, { after: 2, ...twin }), train(1, { after: 3 })],
          ...[state(), state('twin'), read('w', 'b')],
        ],
      ),
      caseOf(
        'before-any-step',
        ['RPR-16'],
        ['state', ...NEEDS],
        [...[optimizer(), shallow('opt', 'twin'), train(1, twin), state(), train(1, { after: 1 }), state('twin')]],
      ),
      caseOf(
        'of-a-state-dict',
        ['RPR-16'],
        ['state_dict', ...NEEDS],
        [
          ...[optimizer(), train(1), save(), shallow('saved', 'twin'), same(['twin'], ['saved'])],
          ...[same(['twin', 'state'], ['saved', 'state']), edit(['twin', 'note'], 1), look('saved'), look('twin')],
          ...[{ op: 'look', at: ['saved', 'state'], as: 'states' } as const, shallow('states', 'others')],
          ...[same(['others'], ['states']), same(['others', 0], ['states', 0]), remove('others', 0), look('states')],
          ...[{ op: 'look', at: ['saved', 'param_groups'], as: 'groups' } as const, shallow('groups', 'others')],
          ...[same(['others'], ['groups']), same(['others', 0], ['groups', 0])],
        ],
      ),
      caseOf('groups-of-both', ['RPR-16'], NEEDS, [
        ...[optimizer({}, ['$w']), shallow('opt', 'twin'), add({ params: ['$b'], lr: 0.5 }, 'twin'), set('lr', 0.25)],
        ...[look('opt', 'param_groups'), look('twin', 'param_groups'), train(1), save('twin')],
      ]),
      caseOf('without-hooks', ['RPR-16', 'RPR-4'], NEEDS, [
        ...[optimizer(), logging('step_pre'), logging('global_step_post'), shallow('opt', 'twin')],
        ...[step({ optimizer: 'twin' }), logging('step_post', 'mine', twin), step(), step({ optimizer: 'twin' })],
      ]),
      caseOf(
        'own-attributes',
        ['RPR-16', 'RPR-14'],
        ['errors', 'messages', ...NEEDS],
        [...[optimizer(), edit(['opt', 'note'], 'mine'), shallow('opt', 'twin'), names, look('twin', 'note')]],
      ),
      caseOf('completes-the-groups', ['RPR-16', 'LSD-9'], NEEDS, [
        ...[optimizer(), remove('opt', 'param_groups', 0, 'momentum'), remove('opt', 'param_groups', 0, 'foreach')],
        ...[remove('opt', 'defaults', 'differentiable'), shallow('opt', 'twin')],
        ...[look('opt', 'param_groups'), look('opt', 'defaults'), look('twin', 'param_groups')],
      ]),
      caseOf(
        'migrates-step',
        ['RPR-16', 'LSD-15'],
        ['state', ...NEEDS],
        [
          ...[optimizer(), train(1), edit(['opt', 'state', '$w', 'step'], 5), shallow('opt', 'twin')],
          ...[look('opt', 'state'), train(1, { after: 1, ...twin }), look('opt', 'state')],
        ],
      ),
      caseOf(
        'refused-without-step',
        ['RPR-16', 'LSD-16'],
        ['errors', 'messages', ...NEEDS],
        [
          ...[
            optimizer(),
            train(1),
            remove('opt', 'state', '$w', 'step'),
            shallow('opt', 'twin'),
            look('opt', 'state'),
          ],
        ],
      ),
      caseOf(
        'loads-alone',
        ['RPR-16', 'LSD-6'],
        ['state', ...NEEDS],
        [
          ...[optimizer(), train(1), shallow('opt', 'twin'), save(), load('twin'), one('state'), one('param_groups')],
          ...[one('defaults'), edit(['twin', 'param_groups', 0, 'lr'], 5), look('opt', 'param_groups')],
          ...[train(1, { after: 1, ...twin }), state()],
        ],
      ),
      caseOf(
        'of-a-subclass',
        ['RPR-16', 'HKS-18'],
        ['repr', ...NEEDS],
        [
          { op: 'optimizer', class: { name: 'Mine', logs: 'own' }, params: ['$w', '$b'], options: {} },
          ...[shallow('opt', 'twin'), { op: 'repr', ...twin } as const, step({ optimizer: 'twin' })],
        ],
      ),
      caseOf(
        'of-the-base-class',
        ['RPR-16', 'GRP-13'],
        ['repr', ...NEEDS],
        [
          { op: 'optimizer', class: 'Optimizer', params: [dict({ params: ['$w'], lr: 1 })], options: { a: 1 } },
          ...[shallow('opt', 'twin'), { op: 'repr', ...twin } as const, names, one('param_groups')],
        ],
      ),
      caseOf(
        'of-a-copy',
        ['RPR-16', 'RPR-3'],
        ['state', ...NEEDS],
        [
          ...[
            optimizer(),
            train(1),
            copy('opt', 'deep'),
            shallow('deep', 'twin'),
            same(['twin', 'state'], ['deep', 'state']),
          ],
          ...[
            copy('twin', 'other'),
            look('other', 'state'),
            look('other', 'param_groups'),
            edit(['deep', 'state'], dict()),
          ],
          look('twin', 'state'),
        ],
      ),
    ],
    { tensors: { old: plain([2], [4, 9]) } },
  );
}

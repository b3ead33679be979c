/**
 * Hooks and subclasses: a class of its own, with a step of its own or without, before and after RMSprop was constructed.
 */
import type { OptimizerOp } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { caseOf, copy, groupOf, hook, logging, optimizer, state, step, train } from '../tiny.ts';

/** The group `subclasses`. */
export function subclasses(): Group {
  const all = [
    ...[logging('global_step_pre', 'global_before'), logging('step_pre', 'before')],
    ...[logging('step_post', 'after'), logging('global_step_post', 'global_after')],
  ];
  const closure = { log: 'closure', returns: 5 };
  const parent: OptimizerOp = { op: 'optimizer', as: 'other', params: ['$b'], options: {} };
  return groupOf(
    ['hooks', 'subclasses', 'hooks around the steps of subclasses'],
    [
      caseOf('without-a-step', ['HKS-18'], [], [subclass('Mine'), ...all, step({ closure }), train(1), state()]),
      caseOf('own-step', ['HKS-18'], [], [subclass('Mine', 'own step'), ...all, step(), step({ closure })]),
      caseOf(
        'own-step-after-the-parent',
        ['HKS-18'],
        [],
        [
          ...[parent, subclass('Mine', 'own step'), ...all, step(), step({ closure })],
          ...[step({ closure, keyword: true }), train(1), state()],
        ],
      ),
      caseOf('own-step-before-the-parent', ['HKS-18'], [], [subclass('Mine', 'own step'), parent, ...all, step()]),
      caseOf(
        'two-optimizers-of-a-class',
        ['HKS-18'],
        [],
        [
          ...[subclass('Mine', 'own step'), subclass('Mine', 'own step', 'other'), ...all],
          ...[step(), step({ optimizer: 'other' })],
        ],
      ),
      caseOf(
        'two-classes',
        ['HKS-18'],
        [],
        [
          ...[subclass('Mine'), subclass('Yours', 'own step', 'other'), ...all],
          ...[step(), step({ optimizer: 'other' })],
        ],
      ),
      caseOf(
        'refused-return',
        ['HKS-18', 'HKS-8'],
        ['messages'],
        [
          ...[subclass('Mine', 'own step'), hook('step_pre', [{ return: 5 }]), step()],
          ...[subclass('Yours', undefined, 'other'), hook('step_pre', [{ return: 5 }], { optimizer: 'other' })],
          step({ optimizer: 'other' }),
        ],
      ),
      caseOf(
        'copy',
        ['HKS-18', 'RPR-3'],
        ['messages'],
        [
          ...[subclass('Mine', 'own step'), ...all, copy('opt', 'copied')],
          ...[{ op: 'repr', optimizer: 'copied' } as const, step({ optimizer: 'copied' })],
        ],
      ),
      caseOf(
        'arguments',
        ['HKS-18', 'GAD-10'],
        ['messages'],
        [
          ...[subclass('Mine', 'own step'), step({ closure, keyword: true, args: [3] }), step({ args: [1, 2] })],
          step({ args: [0] }),
        ],
      ),
      caseOf('constructed-twice', ['HKS-18'], [], [optimizer(), optimizer({}, ['$w']), ...all, step()]),
    ],
  );
}

function subclass(name: string, logs?: string, as: string = 'opt'): OptimizerOp {
  const params = [as === 'opt' ? '$w' : '$b'];
  return { op: 'optimizer', as, params, options: {}, class: { name, ...(logs ? { logs } : {}) } };
}

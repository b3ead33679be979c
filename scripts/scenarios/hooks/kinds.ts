/**
 * The eight kinds of hooks: their order, and what each sees.
 */
import type { HookKind, Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, groupOf, hook, load, logging, optimizer, plain, save, set, step, train } from '../tiny.ts';

/** The kinds of hooks of a step, in the order in which they run. */
export const STEP_KINDS = ['global_step_pre', 'step_pre', 'step_post', 'global_step_post'] as const;
/** The kinds that are given or follow a state dict. */
export const DICT_KINDS: readonly HookKind[] = [
  ...(['state_dict_pre', 'state_dict_post'] as const),
  ...(['load_state_dict_pre', 'load_state_dict_post'] as const),
];
/** All kinds. */
export const KINDS: readonly HookKind[] = [...STEP_KINDS, ...DICT_KINDS];

/** Group `kinds`. */
export function kinds(): Group {
  return groupOf(['hooks', 'kinds', 'the order of hooks, and what they see'], [...order(), ...seen()], {
    tensors: { p: plain([2], [1, 2]) },
    gradients: { p: [{ p: '3e800000 3f000000' }] },
  });
}

/** What makes hooks of a kind run; a state dict named "saved" must be there for loading. */
export function trigger(kind: HookKind, after = 0): Op {
  if (kind.startsWith('load')) return load();
  return kind.startsWith('state_dict') ? save('opt', 'taken') : train(1, after ? { after } : {});
}

/** An optimizer and what loading needs. */
export function begin(kind: HookKind): Op[] {
  return kind.startsWith('load') ? [optimizer(), save()] : [optimizer()];
}

/** A slug of a kind. */
export function slugOf(kind: HookKind): string {
  return kind.replaceAll('_', '-');
}

function order(): ScenarioCase[] {
  const twice = (kind: HookKind): Op[] =>
    ['first', 'second'].map((label) => logging(kind, `${kind} ${label}`.replaceAll(' ', '_')));
  return [
    caseOf('order-of-a-step', ['HKS-2'], [], [optimizer(), ...STEP_KINDS.toReversed().flatMap(twice), train(2)]),
    caseOf(
      'order-with-a-closure',
      ['HKS-2', 'HKS-6'],
      [],
      [
        optimizer(),
        ...STEP_KINDS.toReversed().map((kind) => logging(kind)),
        train(1),
        step({ closure: { log: 'closure', returns: 5 } }),
      ],
    ),
    caseOf(
      'order-of-a-state-dict',
      ['HKS-2', 'HKS-10'],
      [],
      [optimizer(), ...(['state_dict_post', 'state_dict_pre'] as const).flatMap(twice), save()],
    ),
    caseOf(
      'order-of-loading',
      ['HKS-2', 'HKS-11', 'HKS-12'],
      [],
      [optimizer(), save(), ...(['load_state_dict_post', 'load_state_dict_pre'] as const).flatMap(twice), load()],
    ),
    ...KINDS.map((kind) =>
      caseOf(
        `only-${slugOf(kind)}`,
        ['HKS-1'],
        [],
        [optimizer(), logging(kind), train(1), save(), load(), train(1, { after: 1 })],
      ),
    ),
  ];
}

function seen(): ScenarioCase[] {
  const all = STEP_KINDS.map((kind) => logging(kind));
  const closure = { log: 'closure', gradients: { w: '3f800000 bf800000' }, returns: 'loss' };
  return [
    caseOf('positional-closure', ['HKS-5', 'HKS-6'], [], [optimizer(), ...all, step({ closure })]),
    caseOf('keyword-closure', ['HKS-5', 'HKS-6'], [], [optimizer(), ...all, step({ closure, keyword: true })]),
    caseOf('none-as-closure', ['HKS-5'], ['closure'], [optimizer(), ...all, step({ args: [null] })]),
    caseOf('no-gradients', ['HKS-6'], [], [optimizer(), ...all, step()]),
    caseOf(
      'grad-mode-of-differentiable',
      ['HKS-6', 'GRD-1'],
      [],
      [optimizer({ differentiable: true }, ['$p']), ...all, train(1, { gradients: 'p' }), step({ closure })],
    ),
    caseOf(
      'option-set-before-the-step',
      ['HKS-5', 'RMS-10'],
      [],
      [optimizer(), hook('step_pre', [{ set_option: ['lr', 0.5] }]), train(1)],
    ),
    caseOf(
      'option-set-after-the-step',
      ['HKS-5', 'RMS-10'],
      [],
      [optimizer(), hook('step_post', [{ set_option: ['lr', 0.5] }]), train(2)],
    ),
    caseOf(
      'option-set-before-packing',
      ['HKS-10'],
      [],
      [optimizer(), hook('state_dict_pre', [{ set_option: ['lr', 0.5] }]), save()],
    ),
    caseOf(
      'option-set-before-loading',
      ['HKS-11'],
      [],
      [
        optimizer(),
        save(),
        hook('load_state_dict_pre', [{ set_option: ['lr', 0.5] }, { log: 'pre' }]),
        logging('load_state_dict_post'),
        load(),
        save('opt', 'again'),
      ],
    ),
    caseOf(
      'option-set-after-loading',
      ['HKS-12'],
      [],
      [
        optimizer(),
        save(),
        logging('load_state_dict_post', 'before'),
        hook('load_state_dict_post', [{ set_option: ['lr', 0.5] }]),
        logging('load_state_dict_post', 'after'),
        load(),
        save('opt', 'again'),
      ],
    ),
    caseOf(
      'lr-of-the-file-seen-after-loading',
      ['HKS-12'],
      [],
      [optimizer({ lr: 0.5 }), save(), set('lr', 3), logging('load_state_dict_post'), load()],
    ),
  ];
}

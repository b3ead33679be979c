/**
 * The ranges that a profiler shows: which operations have one, what it is called, and what it encloses.
 */
import type { OptimizerOp } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import {
  caseOf,
  copy,
  edit,
  groupOf,
  hook,
  load,
  logging,
  look,
  optimizer,
  remove,
  save,
  step,
  tuple,
} from '../tiny.ts';
import { STEP_KINDS } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;
const ZERO = { op: 'zero_grad', labels: true } as const;
const STEP = step({ labels: true });

/** The group `labels`. */
export function labels(): Group {
  const all = STEP_KINDS.map((kind) => logging(kind));
  const closure = { log: 'closure', returns: 5 };
  const mine: OptimizerOp = { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Mine', logs: 'own step' } };
  const heir: OptimizerOp = { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Heir' } };
  const parent: OptimizerOp = { op: 'optimizer', as: 'other', params: ['$b'], options: {} };
  const base: OptimizerOp = { op: 'optimizer', params: ['$w'], options: { lr: 0.1 }, class: 'Optimizer' };
  return groupOf(
    ['hooks', 'labels', 'the ranges that a profiler shows'],
    [
      caseOf('step', ['HKS-21'], [], [optimizer(), ...all, step({ labels: true, closure }), STEP]),
      caseOf('zero-grad', ['HKS-21'], [], [optimizer(), ...all, ZERO, { ...ZERO, set_to_none: false }]),
      caseOf('subclass', ['HKS-21', 'HKS-18'], [], [heir, ...all, STEP, ZERO]),
      caseOf('own-step', ['HKS-21', 'HKS-18'], [], [mine, ...all, STEP, ZERO]),
      caseOf('own-step-after-the-parent', ['HKS-21', 'HKS-18'], [], [parent, mine, ...all, STEP, ZERO]),
      caseOf('base', ['HKS-21'], THROWS, [base, ...all, STEP, ZERO]),
      caseOf(
        'copy',
        ['HKS-21', 'RPR-3'],
        [],
        [mine, copy('opt', 'copied'), step({ labels: true, optimizer: 'copied' })],
      ),
      caseOf(
        'nested',
        ['HKS-21'],
        [],
        [
          ...[optimizer(), hook('step_pre', [{ log: 'before' }, { do: [{ op: 'zero_grad' }] }])],
          ...[hook('step_post', [{ do: [save(), load()] }, { log: 'after' }]), STEP],
        ],
      ),
      caseOf(
        'step-in-a-closure',
        ['HKS-21'],
        [],
        [optimizer(), step({ labels: true, closure: { log: 'outer', do: [step()] } })],
      ),
      caseOf(
        'another-optimizer',
        ['HKS-21', 'HKS-9'],
        [],
        [{ ...mine, as: 'mine' }, optimizer({}, ['$b']), hook('step_pre', [{ return_optimizer: 'mine' }]), STEP],
      ),
      caseOf('throwing-before', ['HKS-21', 'HKS-13'], THROWS, [optimizer(), hook('step_pre', [{ throw: 'x' }]), STEP]),
      caseOf('throwing-after', ['HKS-21', 'HKS-13'], THROWS, [optimizer(), hook('step_post', [{ throw: 'x' }]), STEP]),
      caseOf('throwing-closure', ['HKS-21', 'GAD-9'], THROWS, [
        ...[optimizer(), ...all, step({ labels: true, closure: { log: 'closure', throw: 'x' } })],
      ]),
      caseOf('refused-return', ['HKS-21', 'HKS-8'], THROWS, [
        ...[optimizer(), hook('step_pre', [{ return: tuple() }]), STEP],
      ]),
      caseOf('missing-hooks', ['HKS-21', 'HKS-23'], THROWS, [
        ...[optimizer(), remove('opt', '_optimizer_step_pre_hooks'), STEP],
      ]),
      caseOf('bad-arguments', ['HKS-21', 'GAD-10'], THROWS, [
        ...[optimizer(), step({ labels: true, args: [1, 2] }), step({ labels: true, kwargs: { foo: 1 } })],
      ]),
      caseOf(
        'name-of-zero-grad-changed',
        ['HKS-21', 'RPR-14'],
        [],
        [
          ...[optimizer(), edit(['opt', '_zero_grad_profile_name'], 'mine'), ZERO, STEP, save(), load(), ZERO],
          ...[{ op: 'getstate' } as const, { op: 'setstate' } as const, ZERO],
        ],
      ),
      caseOf('name-of-zero-grad-deleted', ['HKS-21', 'RPR-14'], THROWS, [
        ...[heir, remove('opt', '_zero_grad_profile_name'), STEP, look('opt', '_zero_grad_profile_name')],
        ...[ZERO, look('opt', '_zero_grad_profile_name'), { op: 'attributes' } as const],
      ]),
      caseOf('zero-grad-that-throws', ['HKS-21', 'GAD-4'], THROWS, [
        ...[optimizer(), remove('opt', 'param_groups', 0, 'params'), ZERO],
      ]),
    ],
  );
}

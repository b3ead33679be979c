/**
 * Keyword arguments of steps and of registering: known, unknown, changed by hooks, and in Python's order of complaints.
 */
import type { Behaviour, OptimizerOp, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, groupOf, hook, logging, optimizer, read, step, train } from '../tiny.ts';
import { begin, DICT_KINDS, slugOf, STEP_KINDS, trigger } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;
const CLOSURE = { log: 'closure', returns: 5 };
const LOGS = [logging('step_pre', 'later'), logging('step_post', 'after'), logging('global_step_post', 'global_after')];

/** The group `keywords`. */
export function keywords(): Group {
  return groupOf(
    ['hooks', 'keywords', 'keyword arguments of steps and of registering'],
    [...edited(), ...unknown(), ...order(), ...bases(), ...registering()],
  );
}

/** A hook before the step changes the keyword arguments that it is given. */
function edited(): ScenarioCase[] {
  const own = (id: string, edits: readonly Behaviour[], ...steps: readonly ReturnType<typeof step>[]): ScenarioCase =>
    caseOf(
      `edited-${id}`,
      ['HKS-5', 'HKS-7'],
      [...THROWS, 'closure'],
      [optimizer(), hook('step_pre', edits), ...LOGS, ...steps, read('w', 'b')],
    );
  return [
    own('unknown', [{ edit: { at: ['foo'], value: 1 } }], step({ closure: CLOSURE })),
    own('closure', [{ edit: { at: ['closure'], value: 5 } }], step()),
    own('closure-none', [{ edit: { at: ['closure'], value: null } }], step(), step({ closure: CLOSURE })),
    own('closure-deleted', [{ edit: { at: ['closure'], delete: true } }], step({ closure: CLOSURE, keyword: true })),
    own('rescued', [{ edit: { at: ['foo'], delete: true } }], step({ kwargs: { foo: 1 } }), step()),
    own(
      'emptied',
      [{ edit: { at: ['foo'], delete: true } }, { edit: { at: ['closure'], delete: true } }],
      step({ closure: CLOSURE, keyword: true, kwargs: { foo: 1 } }),
    ),
    own('renamed', [{ edit: { at: ['func'], rename: 'closure' } }], step({ kwargs: { func: null } })),
    caseOf(
      'edited-by-a-global-hook',
      ['HKS-5', 'HKS-7'],
      [...THROWS, 'closure'],
      [optimizer(), hook('global_step_pre', [{ edit: { at: ['foo'], value: 1 } }]), ...LOGS, step(), read('w')],
    ),
    caseOf(
      'edited-after-the-step',
      ['HKS-5', 'HKS-7'],
      ['closure'],
      [optimizer(), hook('step_post', [{ edit: { at: ['foo'], value: 1 } }]), ...LOGS, step(), step()],
    ),
    caseOf(
      'edited-after-being-replaced',
      ['HKS-7'],
      [...THROWS, 'closure'],
      [
        ...[optimizer(), hook('global_step_pre', [{ return_closure: CLOSURE }], { as: 'first' })],
        ...[hook('step_pre', [{ edit: { at: ['closure'], delete: true } }]), ...LOGS, step(), read('w')],
      ],
    ),
  ];
}

/** Keywords that the step does not know, and dictionaries that are no keywords. */
function unknown(): ScenarioCase[] {
  const own = (id: string, ...steps: readonly ReturnType<typeof step>[]): ScenarioCase =>
    caseOf(`step-${id}`, ['GAD-10', 'HKS-5'], [...THROWS, 'closure'], [optimizer(), ...LOGS, ...steps, read('w')]);
  return [
    own('unknown', step({ kwargs: { foo: 1 } }), step({ closure: CLOSURE, kwargs: { foo: 1, bar: 2 } })),
    own('closure-none', step({ kwargs: { closure: null } })),
    own('closure-number', step({ kwargs: { closure: 0 } })),
    own('positional-dict', step({ args: [dict()] }), step({ args: [dict({ closure: null })] })),
    own('positional-dict-and-keyword', step({ args: [dict()], kwargs: { closure: null } })),
    caseOf(
      'step-handed-on-with-a-dict',
      ['HKS-7'],
      [...THROWS, 'closure'],
      [
        ...[optimizer(), hook('step_pre', [{ return_optimizer: 'opt' }]), ...LOGS],
        ...[step({ args: [dict({ closure: null })] }), read('w')],
      ],
    ),
  ];
}

/** Of several mistakes, Python reports the first keyword's before the number of arguments. */
function order(): ScenarioCase[] {
  const own = (id: string, args: readonly Value[], kwargs: Readonly<Record<string, Value>>): ScenarioCase =>
    caseOf(`order-${id}`, ['GAD-10'], [...THROWS, 'closure'], [optimizer(), step({ args, kwargs }), read('w')]);
  return [
    own('closure-beside-two', [null, 3], { closure: null }),
    own('unknown-beside-two', [null, 3], { foo: 1 }),
    own('closure-then-unknown', [null], { closure: null, foo: 1 }),
    own('unknown-then-closure', [null], { foo: 1, closure: null }),
  ];
}

const BASE: OptimizerOp = { op: 'optimizer', params: ['$w'], options: { lr: 0.1 }, class: 'Optimizer' };
const MINE: OptimizerOp = { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Mine', logs: 'own step' } };
const HEIR: OptimizerOp = { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Heir' } };

/** The base class, which has a step that raises, and subclasses, with a step of their own and without. */
function bases(): ScenarioCase[] {
  const steps = [
    ...[step({ args: [1, 2] }), step({ args: [null], kwargs: { closure: null } })],
    ...[step({ kwargs: { foo: 1 } }), step({ closure: CLOSURE }), step()],
  ];
  const classes = { base: BASE, mine: MINE, heir: HEIR } as const;
  return [
    ...Object.entries(classes).flatMap(([name, made]) => [
      caseOf(`${name}-arguments`, ['GAD-10', 'HKS-18'], [...THROWS, 'closure'], [made, ...LOGS, ...steps]),
    ]),
    ...([{ lr: 0.1, differentiable: false }, { lr: 0.1 }] as const).map((options) =>
      caseOf(`handed-to-a-base-${'differentiable' in options ? 'with' : 'without'}-differentiable`, ['HKS-9'], THROWS, [
        ...[optimizer(), { ...BASE, as: 'base', options }, hook('step_pre', [{ return_optimizer: 'base' }])],
        ...[logging('step_post', 'after'), step({ closure: CLOSURE }), read('w')],
      ]),
    ),
    ...(['mine', 'heir'] as const).map((name) =>
      caseOf(
        `handed-to-${name}`,
        ['HKS-9', 'HKS-18'],
        ['state'],
        [
          ...[optimizer({}, ['$b']), { ...classes[name], as: 'other' }],
          ...[hook('step_pre', [{ return_optimizer: 'other' }]), ...LOGS, train(1), read('w', 'b')],
        ],
      ),
    ),
    caseOf(
      'mine-handed-to-its-parent',
      ['HKS-9', 'HKS-18'],
      ['state'],
      [
        ...[MINE, { ...MINE, as: 'other', params: ['$b'], class: { name: 'Other' } } as const],
        ...[hook('step_pre', [{ return_optimizer: 'other' }]), ...LOGS, train(1), read('w', 'b')],
      ],
    ),
  ];
}

const PREPENDS: Readonly<Record<string, Value>> = { zero: 0, one: 1, none: null, true: true, false: false };

/** Keyword arguments of registering. */
function registering(): ScenarioCase[] {
  return [
    ...DICT_KINDS.map((kind) =>
      caseOf(`unknown-of-${slugOf(kind)}`, ['HKS-3', 'HKS-4'], THROWS, [
        ...[...begin(kind), logging(kind, 'first'), logging(kind, 'refused', { options: { foo: 1 } })],
        ...[logging(kind, 'refused', { options: { prepend: true, foo: 1 } }), logging(kind, 'second'), trigger(kind)],
      ]),
    ),
    ...STEP_KINDS.map((kind) =>
      caseOf(`unknown-of-${slugOf(kind)}`, ['HKS-3', 'HKS-4'], THROWS, [
        ...[optimizer(), logging(kind, 'refused', { options: { foo: 1 } }), logging(kind, 'second'), step()],
      ]),
    ),
    ...STEP_KINDS.filter((kind) => kind !== 'step_pre').map((kind) =>
      caseOf(`no-id-for-a-refused-${slugOf(kind)}`, ['HKS-3', 'HKS-4'], THROWS, [
        ...[optimizer(), logging(kind, 'first'), logging(kind, 'refused', { options: { prepend: true } })],
        ...[logging(kind, 'second'), step()],
      ]),
    ),
    ...Object.entries(PREPENDS).map(([name, prepend]) =>
      caseOf(`prepend-${name}`, ['HKS-4'], THROWS, [
        ...[optimizer(), logging('state_dict_pre', 'first')],
        ...[logging('state_dict_pre', 'second', { options: { prepend } }), trigger('state_dict_pre')],
      ]),
    ),
  ];
}

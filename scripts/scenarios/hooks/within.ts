/**
 * What hooks and closures do to hooks and optimizers while they run, what runs no hooks, and what may be registered.
 */
import type { BookkeepingOp, HookKind, OptimizerOp, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, copy, dict, edit, fresh, groupOf, hook, load, logging, look, optimizer, plain } from '../tiny.ts';
import { read, remove, save, state, step, train, unhook } from '../tiny.ts';
import { begin, KINDS, slugOf, trigger } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;

/** The group `within`. */
export function within(): Group {
  return groupOf(
    ['hooks', 'within', 'what hooks and closures do while they run'],
    [...shared(), ...removing(), ...closures(), ...nested(), ...without(), ...patched(), ...gradMode()],
    { tensors: { plain: plain([2], [1, 2]) } },
  );
}

/** One function under two ids, or for two optimizers. */
function shared(): ScenarioCase[] {
  return KINDS.map((kind) => {
    const others = kind.startsWith('global') ? {} : { optimizer: 'fresh' };
    return caseOf(
      `registered-twice-${slugOf(kind)}`,
      ['HKS-3', 'HKS-17'],
      [],
      [
        ...[...begin(kind), fresh(), logging(kind, 'first'), hook(kind, { $hook: 'first' }, { as: 'second' })],
        ...[hook(kind, { $hook: 'first' }, { as: 'third', ...others }), trigger(kind)],
        ...[unhook('first'), trigger(kind, 1), unhook('second'), trigger(kind, 2)],
      ],
    );
  });
}

/** A hook removes those of a kind that is still to come. */
function removing(): ScenarioCase[] {
  const pairs: readonly (readonly [HookKind, HookKind])[] = [
    ...([
      ['global_step_pre', 'step_pre'],
      ['global_step_pre', 'step_post'],
    ] as const),
    ...([
      ['step_pre', 'step_post'],
      ['step_pre', 'global_step_pre'],
    ] as const),
    ...([
      ['step_pre', 'global_step_post'],
      ['step_post', 'global_step_post'],
    ] as const),
    ...([
      ['state_dict_pre', 'state_dict_post'],
      ['load_state_dict_pre', 'load_state_dict_post'],
    ] as const),
  ];
  return pairs.map(([from, to]) =>
    caseOf(
      `${slugOf(from)}-removes-${slugOf(to)}`,
      ['HKS-16'],
      [],
      [
        ...begin(from),
        ...[logging(from, 'first'), hook(from, [{ log: 'removing' }, { do: [unhook('gone'), unhook('too')] }])],
        ...[logging(to, 'gone'), logging(to, 'stays'), logging(to, 'too'), trigger(from), trigger(from, 1)],
      ],
    ),
  );
}

/** A closure registers or removes hooks. */
function closures(): ScenarioCase[] {
  const kinds = ['global_step_pre', 'step_pre', 'step_post', 'global_step_post'] as const;
  const present = kinds.map((kind) => logging(kind));
  const closure = (...ops: readonly BookkeepingOp[]) => ({ log: 'closure', do: ops, returns: 5 });
  return [
    caseOf(
      'closure-registers',
      ['HKS-16', 'HKS-20'],
      [],
      [
        ...[optimizer(), ...present],
        ...[step({ closure: closure(...kinds.map((kind) => logging(kind, `${kind}_added`))) }), step()],
      ],
    ),
    caseOf(
      'closure-removes',
      ['HKS-16', 'HKS-20'],
      [],
      [
        ...[optimizer(), ...present, ...kinds.map((kind) => logging(kind, `${kind}_stays`))],
        ...[step({ closure: closure(...kinds.map((kind) => unhook(kind))) }), step()],
      ],
    ),
    caseOf(
      'closure-loads',
      ['HKS-20'],
      [],
      [
        ...[optimizer(), train(2), save(), train(1, { after: 2 })],
        ...[
          logging('load_state_dict_pre'),
          logging('load_state_dict_post'),
          step({ closure: closure(load()) }),
          state(),
        ],
      ],
    ),
  ];
}

/** Hooks that step, save and load themselves. */
function nested(): ScenarioCase[] {
  const once = (kind: HookKind, ...ops: readonly BookkeepingOp[]) =>
    hook(kind, [{ log: 'outer' }, { do: [unhook('once'), ...ops] }, { log: 'outer again' }], { as: 'once' });
  const all = KINDS.map((kind) => logging(kind));
  return [
    caseOf(
      'steps-another-optimizer',
      ['HKS-20', 'HKS-16'],
      [],
      [
        ...[optimizer(), fresh(), logging('global_step_pre'), logging('global_step_post'), logging('step_post')],
        ...[hook('step_pre', [{ log: 'outer' }, { do: [step({ optimizer: 'fresh' })] }], { as: 'outer' })],
        ...[logging('step_pre', 'inner', { optimizer: 'fresh' }), train(1)],
      ],
    ),
    caseOf(
      'steps-itself',
      ['HKS-20'],
      [],
      [optimizer(), logging('step_post'), once('step_pre', step()), step(), state()],
    ),
    caseOf('steps-itself-before-another', ['HKS-20', 'HKS-15'], THROWS, [
      ...[optimizer(), once('step_pre', step()), logging('step_pre', 'later'), step(), step()],
    ]),
    caseOf(
      'steps-itself-afterwards',
      ['HKS-20'],
      [],
      [optimizer(), logging('step_pre'), once('step_post', step()), train(1), read('w')],
    ),
    ...(['load_state_dict_pre', 'load_state_dict_post'] as const).flatMap((kind) => [
      caseOf(
        `loads-in-${slugOf(kind)}`,
        ['HKS-20', 'HKS-11'],
        [],
        [
          ...[optimizer(), train(1), save(), logging('load_state_dict_post', 'after'), once(kind, load()), load()],
          ...[look('opt', 'param_groups', 0, 'lr'), state()],
        ],
      ),
      caseOf(
        `saves-in-${slugOf(kind)}`,
        ['HKS-20'],
        [],
        [...[optimizer(), train(1), save(), ...all], once(kind, save('opt', 'again')), train(1, { after: 1 }), load()],
      ),
      caseOf(`adds-a-group-in-${slugOf(kind)}`, ['HKS-20', 'LSD-3'], THROWS, [
        ...[optimizer({}, ['$w']), train(1), save(), hook(kind, [{ do: [add({ params: ['$b'] })] }]), load()],
        look('opt', 'param_groups'),
      ]),
    ]),
    ...(['state_dict_pre', 'state_dict_post'] as const).flatMap((kind) => [
      caseOf(
        `saves-in-${slugOf(kind)}`,
        ['HKS-20', 'HKS-10'],
        [],
        [optimizer(), train(1), logging('state_dict_post', 'after'), once(kind, save('opt', 'again')), save()],
      ),
      caseOf(
        `loads-in-${slugOf(kind)}`,
        ['HKS-20', 'HKS-10'],
        [],
        [
          ...[optimizer(), train(1), save(), train(1, { after: 1 }), hook(kind, [{ do: [load()] }], { as: 'own' })],
          ...[save('opt', 'again'), state()],
        ],
      ),
      caseOf(
        `adds-a-group-in-${slugOf(kind)}`,
        ['HKS-20', 'HKS-10'],
        [],
        [
          ...[optimizer({}, ['$w']), train(1), hook(kind, [{ do: [add({ params: ['$b'] })] }]), save()],
          look('opt', 'param_groups'),
        ],
      ),
    ]),
    caseOf(
      'loads-after-a-step',
      ['HKS-20'],
      [],
      [
        optimizer(),
        train(2),
        save(),
        hook('step_post', [{ do: [load()] }]),
        train(1, { after: 2 }),
        state(),
        read('w'),
      ],
    ),
  ];
}

/** Operations that have no hooks. */
function without(): ScenarioCase[] {
  return [
    caseOf(
      'operations-without-hooks',
      ['HKS-1'],
      [],
      [
        ...[optimizer({}, ['$w']), train(1), ...KINDS.map((kind) => logging(kind)), { op: 'zero_grad' } as const],
        ...[add({ params: ['$b'] }), { op: 'repr' } as const, copy('opt', 'copied'), { op: 'getstate' } as const],
        ...[{ op: 'setstate' } as const, { op: 'attributes' } as const, look('opt', 'param_groups')],
      ],
    ),
  ];
}

/** What puts hooks around the step of RMSprop, seen through a subclass whose step calls that. */
function patched(): ScenarioCase[] {
  const mine: OptimizerOp = { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Mine', logs: 'own step' } };
  const made = (id: string, params: Value | undefined, options: OptimizerOp['options'] = {}): ScenarioCase =>
    caseOf(`patched-by-${id}`, ['HKS-18'], THROWS, [
      ...[mine, logging('step_pre', 'before'), logging('step_post', 'after'), step()],
      ...[{ op: 'optimizer', as: 'other', options, ...(params === undefined ? {} : { params }) } as const, step()],
    ]);
  return [
    made('no-parameters', []),
    made('a-tensor', '$w'),
    made('none', null),
    made('a-number', 5),
    made('text-among-parameters', ['x']),
    made('a-negative-lr', ['$b'], { lr: -1 }),
    made('an-unknown-option', ['$b'], { foo: 1 }),
    made('a-base', ['$b']),
    caseOf('patched-by-the-base-class', ['HKS-18'], THROWS, [
      ...[mine, logging('step_pre', 'before'), step()],
      ...[{ op: 'optimizer', as: 'other', params: ['$b'], options: {}, class: 'Optimizer' } as const, step()],
    ]),
  ];
}

/** A hook before the step changes the grad mode of the step that follows. */
function gradMode(): ScenarioCase[] {
  const own = (id: string, op: BookkeepingOp): ScenarioCase =>
    caseOf(
      `differentiable-${id}`,
      ['HKS-5', 'GRD-1'],
      [...THROWS, 'closure'],
      [
        ...[optimizer({}, ['$plain']), hook('step_pre', [{ do: [op] }]), logging('step_post')],
        ...[step({ closure: { log: 'closure' } }), step(), read('plain')],
      ],
    );
  return [
    own('set', edit(['opt', 'defaults', 'differentiable'], true)),
    own('set-to-none', edit(['opt', 'defaults', 'differentiable'], null)),
    own('set-to-a-number', edit(['opt', 'defaults', 'differentiable'], 5)),
    own('deleted', remove('opt', 'defaults', 'differentiable')),
    own('in-other-defaults', edit(['opt', 'defaults'], dict({ differentiable: true }))),
    own('not-in-other-defaults', edit(['opt', 'defaults'], dict())),
  ];
}

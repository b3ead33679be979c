/**
 * What hooks of a step return: used, ignored, or refused.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, fresh, groupOf, hook, logging, look, optimizer, read, state, step } from '../tiny.ts';
import { train, train2, tuple } from '../tiny.ts';

const THROWS = ['errors', 'messages'] as const;
const LOGS: readonly Op[] = (['step_pre', 'step_post', 'global_step_post'] as const).map((kind) =>
  logging(kind, `${kind}_log`),
);

/** Group `returns-of-steps`. */
export function stepReturns(): Group {
  return groupOf(
    ['hooks', 'returns-of-steps', 'what hooks of a step return'],
    [...refused(), ...replaced(), ...ignored()],
  );
}

const BAD: Readonly<Record<string, Value>> = {
  number: 5,
  zero: 0,
  fraction: 0.5,
  true: true,
  false: false,
  text: 'ab',
  'empty-text': '',
  list: [],
  'list-of-two': [tuple(), dict()],
  dict: dict(),
  'dict-of-two': dict({ args: tuple(), kwargs: dict() }),
  'empty-tuple': tuple(),
  'one-tuple': tuple(dict()),
  'three-tuple': tuple(tuple(), dict(), null),
};

function refused(): ScenarioCase[] {
  const bad = (on: 'step_pre' | 'global_step_pre', name: string, value: Value): ScenarioCase =>
    caseOf(`${on === 'step_pre' ? 'local' : 'global'}-${name}`, ['HKS-8'], THROWS, [
      optimizer(),
      hook(on, [{ log: 'bad' }, { return: value }]),
      ...LOGS,
      train(1),
      read('w', 'b'),
    ]);
  return [
    ...Object.entries(BAD).map(([name, value]) => bad('step_pre', name, value)),
    ...['number', 'list', 'empty-tuple'].map((name) => bad('global_step_pre', name, BAD[name]!)),
    caseOf('pair-without-the-optimizer', ['HKS-9'], THROWS, [
      optimizer(),
      hook('step_pre', [{ return: tuple(tuple(), dict()) }]),
      ...LOGS,
      train(1),
      read('w', 'b'),
    ]),
    caseOf('pair-of-nones', ['HKS-8'], THROWS, [
      optimizer(),
      hook('step_pre', [{ return: tuple(null, null) }]),
      train(1),
      read('w', 'b'),
    ]),
  ];
}

function replaced(): ScenarioCase[] {
  const closure = { log: 'from the hook', gradients: { w: '3f800000 bf800000' }, returns: 'replaced' };
  const own = { log: 'from the caller', returns: 'own' };
  const giving: Op = hook('global_step_pre', [{ log: 'before' }, { return_closure: closure }]);
  return [
    caseOf('closure-added', ['HKS-7', 'RMS-16'], [], [optimizer(), giving, ...LOGS, step(), read('w', 'b'), state()]),
    caseOf(
      'closure-replaced',
      ['HKS-7', 'RMS-16'],
      [],
      [optimizer(), giving, ...LOGS, step({ closure: own, keyword: true }), read('w', 'b')],
    ),
    caseOf('closure-given-twice', ['HKS-7'], THROWS, [
      optimizer(),
      giving,
      ...LOGS,
      step({ closure: own }),
      read('w', 'b'),
    ]),
    caseOf(
      'closure-replaced-twice',
      ['HKS-7'],
      [],
      [
        optimizer(),
        giving,
        hook('step_pre', [{ log: 'local' }, { return_closure: { log: 'from the local hook', returns: 2 } }]),
        ...LOGS,
        step(),
      ],
    ),
    caseOf('closure-that-throws', ['HKS-7', 'HKS-13'], THROWS, [
      optimizer(),
      hook('step_pre', [{ return_closure: { log: 'closure', throw: 'of the closure' } }]),
      ...LOGS,
      train(1),
      read('w', 'b'),
    ]),
    caseOf('replaced-then-refused', ['HKS-7', 'HKS-8'], THROWS, [
      optimizer(),
      giving,
      hook('step_pre', [{ return: 5 }]),
      ...LOGS,
      train(1),
    ]),
    caseOf(
      'none',
      ['HKS-7'],
      [],
      [optimizer(), hook('step_pre', [{ log: 'pre' }, { return: null }]), ...LOGS, train(1)],
    ),
    caseOf(
      'another-optimizer',
      ['HKS-9'],
      ['state'],
      [
        optimizer(),
        fresh({ lr: 0.5 }),
        logging('step_pre', 'pre_of_fresh', { optimizer: 'fresh' }),
        logging('step_post', 'post_of_fresh', { optimizer: 'fresh' }),
        hook('step_pre', [{ return_optimizer: 'fresh' }]),
        ...LOGS,
        train2(1, { optimizer: 'opt' }),
        train(1),
        state(),
        state('fresh'),
        read('w', 'b', 'w2', 'b2'),
      ],
    ),
    caseOf(
      'another-optimizer-with-a-closure',
      ['HKS-9'],
      ['state'],
      [
        optimizer(),
        fresh(),
        hook('global_step_pre', [{ log: 'global' }, { return_optimizer: 'fresh' }]),
        ...LOGS,
        step({ closure: { log: 'closure', gradients: { w2: '3f800000 bf800000' }, returns: 5 } }),
        state(),
        state('fresh'),
      ],
    ),
    caseOf(
      'another-optimizer-for-a-later-hook',
      ['HKS-9'],
      [],
      [
        optimizer(),
        fresh(),
        hook('global_step_pre', [{ return_optimizer: 'fresh' }]),
        hook('step_pre', [{ set_option: ['lr', 0.5] }]),
        train2(1, { optimizer: 'opt' }),
        look('opt', 'param_groups', 0, 'lr'),
        look('fresh', 'param_groups', 0, 'lr'),
      ],
    ),
  ];
}

function ignored(): ScenarioCase[] {
  return (['step_post', 'global_step_post'] as const).flatMap((kind) =>
    Object.entries({ number: 5, list: [], pair: tuple(tuple(), dict()), text: 'x' }).map(([name, value]) =>
      caseOf(
        `ignored-${name}-of-${kind.replaceAll('_', '-')}`,
        ['HKS-7'],
        [],
        [
          optimizer(),
          hook(kind, [{ log: 'first' }, { return: value }]),
          logging(kind, 'second'),
          step({ closure: { log: 'closure', returns: 'loss' } }),
        ],
      ),
    ),
  );
}

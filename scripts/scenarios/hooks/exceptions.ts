/**
 * Hooks and steps that throw, and what was done by then.
 */
import type { HookKind, Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, edit, groupOf, hook, load, logging, look, optimizer, read, remove, save } from '../tiny.ts';
import { set, state, step, train, unhook } from '../tiny.ts';
import { DICT_KINDS, KINDS, slugOf, STEP_KINDS } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;

/** Group `exceptions`. */
export function exceptions(): Group {
  return groupOf(['hooks', 'exceptions', 'hooks and steps that throw'], [...hooks(), ...steps()]);
}

/** All kinds log, one throws in between. */
function hooks(): ScenarioCase[] {
  const among = (kinds: readonly HookKind[], kind: HookKind): Op[] => [
    ...kinds.map((own) => logging(own)),
    hook(kind, [{ throw: `of ${kind}` }], { as: 'thrower' }),
    ...kinds.map((own) => logging(own, `${own}_after`)),
  ];
  const looks = [look('opt', 'param_groups', 0, 'lr'), state()];
  return KINDS.map((kind) => {
    const dicts = DICT_KINDS.some((own) => own === kind);
    const ops: Op[] = dicts
      ? [save('opt', 'again'), set('lr', 0.5), load(), ...looks]
      : [train(1, { after: 1 }), read('w', 'b'), state()];
    return caseOf(`of-${slugOf(kind)}`, ['HKS-13'], THROWS, [
      optimizer(),
      train(1),
      save(),
      ...among(dicts ? DICT_KINDS : STEP_KINDS, kind),
      ...ops,
      unhook('thrower'),
      ...ops,
    ]);
  });
}

/** The step or the load itself throws. */
function steps(): ScenarioCase[] {
  const logs = STEP_KINDS.map((kind) => logging(kind));
  const loads = (['load_state_dict_pre', 'load_state_dict_post'] as const).map((kind) => logging(kind));
  const refused = (id: string, ...edits: readonly Op[]): ScenarioCase =>
    caseOf(id, ['HKS-12'], THROWS, [optimizer(), train(1), save(), ...edits, ...loads, load(), look('opt', 'state')]);
  return [
    caseOf('step-that-throws', ['HKS-13'], THROWS, [
      optimizer(),
      ...logs,
      remove('opt', 'param_groups', 0, 'alpha'),
      train(1),
    ]),
    caseOf('closure-that-throws', ['HKS-13'], THROWS, [
      optimizer(),
      ...logs,
      step({ closure: { log: 'closure', gradients: { w: '3f800000 bf800000' }, throw: 'of the closure' } }),
      read('w'),
      state(),
    ]),
    caseOf('two-hooks-throw', ['HKS-13'], THROWS, [
      optimizer(),
      hook('step_pre', [{ throw: 'first' }], { as: 'first' }),
      hook('step_pre', [{ throw: 'second' }], { as: 'second' }),
      train(1),
    ]),
    caseOf('hook-that-acts-then-throws', ['HKS-13'], THROWS, [
      optimizer(),
      hook('step_pre', [{ set_option: ['lr', 0.5] }, { log: 'acted' }, { throw: 'afterwards' }, { log: 'never' }]),
      train(1),
      unhook('step_pre'),
      train(1),
    ]),
    caseOf('global-post-hook-after-a-local-one-throws', ['HKS-13'], THROWS, [
      optimizer(),
      logging('global_step_post'),
      hook('step_post', [{ throw: 'local' }]),
      train(1),
      read('w', 'b'),
    ]),
    refused('load-of-too-few-groups', remove('saved', 'param_groups', 0)),
    refused('load-without-state', remove('saved', 'state')),
    refused('load-without-step', remove('saved', 'state', 1, 'step')),
    refused('load-of-other-sizes', edit(['saved', 'param_groups', 0, 'params'], [0])),
  ];
}

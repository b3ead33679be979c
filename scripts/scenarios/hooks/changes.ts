/**
 * Hooks that register and remove hooks while they run.
 */
import type { Behaviour, HookKind, Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, groupOf, hook, logging, optimizer, read, state, train, unhook } from '../tiny.ts';
import { begin, KINDS, slugOf, trigger } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;

/** Group `changes`. */
export function changes(): Group {
  return groupOf(
    ['hooks', 'changes', 'hooks that register and remove hooks while they run'],
    [...KINDS.flatMap(sameKind), ...others(), ...details()],
  );
}

function adding(on: HookKind, label: string): Behaviour {
  return { do: [hook(on, [{ log: label }], { as: label })] };
}

/** A hook changes the hooks of its own kind, as the last one and with another to come. */
function sameKind(kind: HookKind): ScenarioCase[] {
  const program = (changing: Behaviour, last: boolean): Op[] => [
    ...begin(kind),
    logging(kind, 'earlier'),
    hook(kind, [{ log: 'changing' }, changing], { as: 'changing' }),
    ...(last ? [] : [logging(kind, 'later')]),
    trigger(kind),
    trigger(kind, 1),
  ];
  return [
    // The second time another hook is to come.
    caseOf(`adds-as-last-${slugOf(kind)}`, ['HKS-15'], THROWS, program(adding(kind, 'added'), true)),
    caseOf(`adds-before-another-${slugOf(kind)}`, ['HKS-15'], THROWS, program(adding(kind, 'added'), false)),
    caseOf(`removes-itself-as-last-${slugOf(kind)}`, ['HKS-15'], [], program({ do: [unhook('changing')] }, true)),
    caseOf(
      `removes-itself-before-another-${slugOf(kind)}`,
      ['HKS-15'],
      THROWS,
      program({ do: [unhook('changing')] }, false),
    ),
  ];
}

/** A hook registers one of another kind that is still to come, or past. */
function others(): ScenarioCase[] {
  const pairs: readonly (readonly [HookKind, HookKind])[] = [
    ['global_step_pre', 'step_pre'],
    ['global_step_pre', 'step_post'],
    ['step_pre', 'global_step_pre'],
    ['step_pre', 'step_post'],
    ['step_pre', 'global_step_post'],
    ['step_post', 'global_step_post'],
    ['global_step_post', 'step_post'],
    ['step_post', 'step_pre'],
    ['state_dict_pre', 'state_dict_post'],
    ['state_dict_post', 'state_dict_pre'],
    ['load_state_dict_pre', 'load_state_dict_post'],
    ['load_state_dict_post', 'load_state_dict_pre'],
  ];
  return pairs.map(([from, to]) =>
    caseOf(
      `${slugOf(from)}-adds-${slugOf(to)}`,
      ['HKS-16'],
      [],
      [
        ...begin(from),
        hook(from, [{ log: 'adding' }, adding(to, 'added')], { as: 'adding' }),
        logging(from, 'second'),
        logging(to, 'present'),
        trigger(from),
        unhook('adding'),
        trigger(from, 1),
      ],
    ),
  );
}

function details(): ScenarioCase[] {
  const one = (id: string, clause: string, throws: boolean, ...ops: readonly Op[]): ScenarioCase =>
    caseOf(id, [clause], throws ? THROWS : [], [optimizer(), ...ops, train(1), train(1, { after: 1 }), state()]);
  return [
    one(
      'removes-a-later-one',
      'HKS-15',
      true,
      hook('step_pre', [{ log: 'removing' }, { do: [unhook('later')] }], { as: 'removing' }),
      logging('step_pre', 'later'),
      logging('step_pre', 'last'),
    ),
    one(
      'removes-the-only-later-one',
      'HKS-15',
      true,
      hook('step_pre', [{ log: 'removing' }, { do: [unhook('later')] }], { as: 'removing' }),
      logging('step_pre', 'later'),
    ),
    one(
      'removes-an-earlier-one-as-last',
      'HKS-15',
      false,
      logging('step_pre', 'earlier'),
      hook('step_pre', [{ log: 'removing' }, { do: [unhook('earlier')] }], { as: 'removing' }),
    ),
    one(
      'removes-what-is-removed',
      'HKS-15',
      false,
      logging('step_pre', 'gone'),
      unhook('gone'),
      hook('step_pre', [{ log: 'removing' }, { do: [unhook('gone')] }], { as: 'removing' }),
      logging('step_pre', 'later'),
    ),
    one(
      'adds-and-removes',
      'HKS-15',
      true,
      hook('step_pre', [{ log: 'both' }, adding('step_pre', 'added'), { do: [unhook('added')] }], { as: 'both' }),
      logging('step_pre', 'later'),
    ),
    one(
      'adds-and-removes-as-last',
      'HKS-15',
      false,
      hook('step_pre', [{ log: 'both' }, adding('step_pre', 'added'), { do: [unhook('added')] }], { as: 'both' }),
    ),
    one(
      'changes-after-the-step-then-throws',
      'HKS-15',
      true,
      hook('step_post', [{ log: 'removing' }, { do: [unhook('removing')] }], { as: 'removing' }),
      logging('step_post', 'later'),
      logging('global_step_post', 'global'),
    ),
    one(
      'adds-the-same-kind-as-the-last-global',
      'HKS-16',
      true,
      hook('global_step_pre', [{ log: 'adding' }, adding('global_step_pre', 'added')], { as: 'adding' }),
      logging('step_pre', 'local'),
      logging('global_step_post', 'post'),
    ),
    caseOf(
      'removes-itself-after-one-step',
      ['HKS-15', 'HKS-3'],
      [],
      [
        optimizer(),
        hook('step_post', [{ log: 'once' }, { do: [unhook('once')] }], { as: 'once' }),
        train(3),
        read('w', 'b'),
      ],
    ),
    caseOf(
      'prepends-as-last',
      ['HKS-15', 'HKS-4'],
      [],
      [
        optimizer(),
        hook(
          'state_dict_pre',
          [{ log: 'adding' }, { do: [hook('state_dict_pre', [{ log: 'added' }], { options: { prepend: true } })] }],
          { as: 'adding' },
        ),
        trigger('state_dict_pre'),
        trigger('state_dict_pre'),
      ],
    ),
  ];
}

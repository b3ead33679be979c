/**
 * Groups that are added later, and what a refused one leaves behind.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, clone, DEFAULTS, dict, edit, generator, groupOf, GROUPS, look, optimizer } from '../small.ts';
import { type Options, read, remove, same, set, setOf, STATE, train, tuple } from '../small.ts';

/** Group `adding`. */
export function adding(): Group {
  return groupOf(
    ['groups', 'adding', 'groups added later, and what a refused one leaves behind'],
    [...accepted(), ...filled(), ...refused()],
    { clone: clone([3]) },
  );
}

const OVER_W = optimizer({}, ['$w']);
const ADDED = look('group');

function accepted(): readonly ScenarioCase[] {
  const params: Options = {
    tensor: '$b',
    tuple: tuple('$b', '$c'),
    generator: generator('$b', '$c'),
    empty: [],
  };
  const inMidTraining = [
    ...[optimizer({ momentum: 0.9 }, ['$w']), train(2), add({ params: ['$b'], lr: 0.1 })],
    ...[train(2, { after: 2 }), STATE],
  ];
  const threeGroups = [optimizer({}, ['$c']), add({ params: ['$w'] }), add({ params: ['$b'] }), GROUPS];
  const sameObject = [
    ...[OVER_W, add({ params: ['$b'], lr: 0.1 }), same(['group'], ['opt', 'param_groups', 1]), ADDED],
    ...[edit(['group', 'lr'], 0.5), look('opt', 'param_groups', 1, 'lr'), train(1)],
  ];
  const ownOrder = [OVER_W, add({ momentum: 0.9, params: ['$b'], note: null, lr: 0.1 }), ADDED];
  const twoOptimizers: readonly Op[] = [
    ...[OVER_W, { op: 'optimizer', as: 'other', params: ['$b', '$w'], options: { momentum: 0.9 } } as const],
    ...[train(2), train(1, { after: 2, optimizer: 'other' }), STATE, { op: 'state', optimizer: 'other' } as const],
  ];
  return [
    caseOf('mid-training', ['GRP-9', 'GRP-1'], ['state'], inMidTraining),
    caseOf('order-of-groups', ['GRP-9'], [], threeGroups),
    caseOf('same-object', ['GRP-1'], [], sameObject),
    caseOf('own-order', ['GRP-3'], [], ownOrder),
    ...Object.entries(params).map(([id, own]) =>
      caseOf(`params-${id}`, ['GRP-5'], [], [OVER_W, add({ params: own }), ADDED, train(1)]),
    ),
    caseOf('two-optimizers', ['GRP-10'], ['state'], twoOptimizers),
  ];
}

/** What fills a group are the defaults of the moment. */
function filled(): readonly ScenarioCase[] {
  const B = add({ params: ['$b'] });
  const eps = [OVER_W, remove('opt', 'defaults', 'eps'), B, ADDED, train(1), read('w', 'b'), STATE];
  return [
    caseOf('options-of-others', ['GRP-6'], [], [optimizer({ lr: 0.2 }, ['$w']), set('lr', 0.1), B, GROUPS, DEFAULTS]),
    caseOf('default-changed', ['GRP-6'], [], [OVER_W, edit(['opt', 'defaults', 'lr'], 0.5), B, GROUPS, train(1)]),
    caseOf('default-deleted', ['GRP-6', 'ERR-4', 'RMS-16'], ['errors'], eps),
    caseOf('default-new', ['GRP-6', 'GRP-3'], [], [OVER_W, edit(['opt', 'defaults', 'note'], 'x'), B, GROUPS]),
  ];
}

function refused(): readonly ScenarioCase[] {
  const groups: Readonly<Record<string, Op>> = {
    overlap: add({ params: tuple('$c', '$w'), lr: 0.1 }),
    'no-tensor': add({ params: tuple('$c', 5), lr: 0.1 }),
    'no-leaf': add({ params: '$clone', lr: 0.1 }),
    'no-params': add({ lr: 0.1 }),
    'not-iterable': add({ params: 5, lr: 0.1 }),
    'no-dict': { op: 'add_param_group', group: ['$c'] },
  };
  const afterwards = [optimizer(), add({ params: ['$c', '$w'] }), add({ params: ['$c'] }), train(2), STATE];
  const set = [optimizer(), add({ params: setOf('$c'), lr: 0.1 }), ADDED, GROUPS];
  return [
    ...Object.entries(groups).map(([id, op]) =>
      caseOf(
        `refused-${id}`,
        ['GRP-7', 'GRP-2'],
        ['errors', ...(id === 'no-leaf' ? (['differentiable'] as const) : [])],
        [optimizer(), op, ADDED, GROUPS],
      ),
    ),
    caseOf('refused-set-stays', ['GRP-7', 'GRP-2'], ['errors'], set),
    caseOf('refused-then-accepted', ['GRP-7', 'GRP-9'], ['errors', 'state'], afterwards),
    caseOf(
      'refused-in-constructor',
      ['GRP-7', 'OPT-6'],
      ['errors'],
      [optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$w'] })]), GROUPS],
    ),
  ];
}

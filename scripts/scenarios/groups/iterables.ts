/**
 * Parameters in iterables of other kinds: objects, dictionaries of tensors, generators that raise.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, edit, groupOf, GROUPS, iterable, look, optimizer } from '../small.ts';
import { type Options, raising, STATE, train } from '../small.ts';

/** Group `iterables`. */
export function iterables(): Group {
  return groupOf(
    ['groups', 'iterables', 'parameters in iterables of other kinds'],
    [...accepted(), ...refused(), ...raised()],
  );
}

const W = dict({ params: ['$w'] });
const LOOKS: readonly Op[] = [GROUPS, train(1), STATE];

function accepted(): readonly ScenarioCase[] {
  const optimizers: Options = {
    iterable: iterable('$w', '$b'),
    'iterable-of-groups': iterable(W, dict({ params: ['$b'], lr: 0.1 })),
    'keys-of-dict': keys('$w', '$b'),
  };
  const groups: Options = {
    iterable: iterable('$w', '$b'),
    'iterable-of-nothing': iterable(),
    'keys-of-dict': keys('$w', '$b'),
  };
  return Object.entries(optimizers)
    .map(([id, own]) => caseOf(id, ['OPT-5'], NEEDS, [optimizer({}, own), ...LOOKS]))
    .concat(
      Object.entries(groups).flatMap(([id, own]) => [
        caseOf(`in-group-${id}`, ['GRP-5'], NEEDS, [optimizer({}, [dict({ params: own })]), ...LOOKS]),
        caseOf(`added-${id}`, ['GRP-5', 'GRP-1'], NEEDS, [
          optimizer({}, ['$c']),
          add({ lr: 0.1, params: own }),
          look('group'),
          ...LOOKS,
        ]),
      ]),
    );
}

function refused(): readonly ScenarioCase[] {
  const wholes: Options = { iterable: iterable() };
  const items: Options = { iterable: iterable('$b') };
  return [
    ...Object.entries(wholes).map(([id, own]) => caseOf(`empty-${id}`, ['OPT-6'], ERRORS, [optimizer({}, own)])),
    ...Object.entries(items).flatMap(([id, own]) => [
      caseOf(`item-${id}`, ['GRP-2', 'ERR-3'], ERRORS, [optimizer({}, ['$w', own])]),
      caseOf(`after-group-${id}`, ['GRP-2', 'ERR-3'], ERRORS, [optimizer({}, [W, own])]),
      caseOf(`no-dict-${id}`, ['GRP-2', 'ERR-3'], ERRORS, [
        optimizer({}, ['$w']),
        { op: 'add_param_group', group: own },
        GROUPS,
      ]),
    ]),
  ];
}

/** What a generator raises passes through, and nothing of what it gave before is kept. */
function raised(): readonly ScenarioCase[] {
  const afterwards = [edit(['group', 'params'], null), look('group'), GROUPS, add({ params: ['$b'] }), train(1), STATE];
  return [
    caseOf('raises', ['OPT-5'], ERRORS, [optimizer({}, raising('lost', '$w')), GROUPS]),
    caseOf('raises-at-once', ['OPT-5'], ERRORS, [optimizer({}, raising('lost'))]),
    caseOf('raises-after-groups', ['OPT-5'], ERRORS, [optimizer({}, raising('lost', W))]),
    caseOf('raises-in-group', ['OPT-5', 'GRP-5'], ERRORS, [
      optimizer({}, [W, dict({ params: raising('lost', '$b') })]),
    ]),
    caseOf('raises-in-added', ['GRP-5', 'GRP-7'], ERRORS, [
      optimizer({}, ['$w']),
      add({ lr: 0.1, params: raising('lost', '$b') }),
      ...afterwards,
    ]),
  ];
}

const NEEDS = ['iterables', 'bookkeeping'] as const;
const ERRORS = [...NEEDS, 'errors', 'messages'] as const;

/** A dictionary with tensors as keys. */
function keys(...tensors: readonly Value[]): Value {
  return { $dict: tensors.map((tensor, i) => [tensor, i]) };
}

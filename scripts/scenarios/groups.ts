/**
 * Area `groups`: parameter groups, their options and the defaults, what may stand as parameters, duplicates, names.
 */
import type { Need } from '../../src/scenario/needs.ts';
import type { Op, Value } from '../../src/scenario/types.ts';
import type { Group, ScenarioCase } from './group.ts';
import {
  add,
  caseOf,
  clone,
  DEFAULTS,
  dict,
  edit,
  generator,
  GROUPS,
  groupOf,
  identity,
  look,
  NAN,
  optimizer,
  parameter,
  plain,
  read,
  remove,
  set,
  setOf,
  STATE,
  step,
  tensors,
  train,
  tuple,
} from './small.ts';

/** The groups of area `groups`. */
export function groupsGroups(): Group[] {
  const more = { clone: clone([3]), plain: plain([2], [1, 4]), rate: plain([], [0.25]), pair: plain([2], [0.25, 0.5]) };
  const own = { tensors: { ...tensors, ...more } };
  return [
    groupOf('groups', 'options', 'defaults, options of a group, and which of them a step uses', options(), own),
    groupOf('groups', 'adding', 'groups that are added later, and what a refused one leaves behind', adding(), own),
    groupOf('groups', 'params', 'what may stand as parameters', params(), own),
    groupOf('groups', 'duplicates', 'a tensor that stands in its group twice', duplicates()),
    groupOf('groups', 'names', 'named parameters', names(), own),
    groupOf('groups', 'changes', 'groups that change between steps', changes(), own),
  ];
}

/** Two groups, of `w` and of `b`. */
function two(first: Readonly<Record<string, Value>>, second: Readonly<Record<string, Value>> = {}): Value {
  return [dict({ params: ['$w'], ...first }), dict({ params: ['$b'], ...second })];
}

function options(): ScenarioCase[] {
  const everything = {
    ...{ maximize: true, foreach: false, weight_decay: 0.1, centered: true },
    ...{ eps: 1e-6, alpha: 0.9, momentum: 0.5, lr: 0.1 },
  };
  const invalid = { lr: -0.1, momentum: -0.5, alpha: NAN, eps: null, weight_decay: '0.1' };
  // A value that only the first of two groups has, and clauses of what the step does with it.
  const own: readonly (readonly [option: string, value: Value, clauses: readonly string[]])[] = [
    ['lr', 0.1, ['RMS-9']],
    ['lr', -0.1, ['RMS-9', 'RMS-10']],
    ['lr', 0, ['RMS-9']],
    ['alpha', 0.5, ['RMS-5']],
    ['eps', 0.5, ['RMS-7']],
    ['weight_decay', 0.1, ['RMS-4']],
    ['weight_decay', -0.1, ['RMS-4', 'RMS-10']],
    ['momentum', 0.9, ['RMS-8', 'STA-4']],
    ['momentum', -0.9, ['RMS-8', 'RMS-10', 'STA-4']],
    ['centered', true, ['RMS-6', 'STA-4']],
    ['maximize', true, ['RMS-2']],
    ['foreach', true, ['RMS-12']],
    ['differentiable', true, ['GRD-1']],
  ];
  return [
    caseOf('defaults', ['OPT-1', 'GRP-3'], [], [optimizer(), DEFAULTS, GROUPS]),
    caseOf('all-given', ['OPT-1', 'GRP-3'], [], [optimizer(everything), DEFAULTS, GROUPS]),
    caseOf('override', ['GRP-4', 'OPT-1'], [], [optimizer({ lr: 0.2 }, two({ lr: 0.1 }, { momentum: 0.5 })), DEFAULTS, GROUPS]),
    caseOf('own-order', ['GRP-3'], [], [
      optimizer({}, [dict({ eps: 0.5, lr: 0.1, params: ['$w'] }), dict({ maximize: true, params: ['$b'], alpha: 0.5 })]),
      GROUPS,
    ]),
    caseOf('unknown-keys', ['GRP-3'], [], [
      optimizer({}, [dict({ name: 'first', params: ['$w'], scale: [1, null] }), dict({ params: ['$b'] })]),
      ...[GROUPS, train(1), GROUPS],
    ]),
    caseOf('not-validated', ['GRP-4'], [], [optimizer({}, two(invalid)), GROUPS]),
    ...own.map(([option, value, clauses]) =>
      caseOf(`own-${option}=${value}`, ['GRP-4', ...clauses], ['numbers', 'state'], [
        optimizer({}, two({ [option]: value })),
        ...[train(3), STATE],
      ]),
    ),
    // The same options as the optimizer's, and a group without them.
    ...own.slice(-8, -2).map(([option, value, clauses]) =>
      caseOf(`but-for-${option}=${value}`, ['GRP-4', ...clauses], ['numbers', 'state'], [
        optimizer({ [option]: (value as number) < 0 ? -value! : value }, two({ [option]: value === true ? false : 0 })),
        ...[train(3), STATE],
      ]),
    ),
  ];
}

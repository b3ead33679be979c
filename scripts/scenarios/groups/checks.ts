/**
 * In which order a group is checked, what the checks ask of the defaults and of the groups that are there, and what is left behind.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, clone, dict, groupOf, GROUPS, look, optimizer } from '../small.ts';
import { type Options, tuple } from '../small.ts';

/** Group `checks`. */
export function checks(): Group {
  return groupOf(
    ['groups', 'checks', 'the order of what a group is checked for, and what the checks ask of others'],
    [...differentiable(), ...order(), ...names()],
    { clone: clone([3]), kept: { ...clone([2]), retains_grad: true } },
  );
}

const ERRORS = ['errors', 'messages'] as const;

/** The flag of the defaults is tested for its truth, before each parameter that is a tensor. */
function differentiable(): readonly ScenarioCase[] {
  const cases: readonly (readonly [id: string, value: Value, params: Value])[] = [
    ['one', 1, ['$clone']],
    ['zero', 0, ['$clone']],
  ];
  return [
    ...cases.map(([id, value, params]) =>
      caseOf(
        `differentiable-${id}`,
        ['GRP-2'],
        [...ERRORS, 'odd-options', 'differentiable'],
        [optimizer({ differentiable: value }, params), GROUPS],
      ),
    ),
    caseOf('retained', ['GRP-2'], ['differentiable'], [optimizer({}, ['$kept']), GROUPS]),
  ];
}

/** Required options come after the leaves and before the warning, which comes before names and other groups. */
function order(): readonly ScenarioCase[] {
  const group = (params: Value, own: Options = {}): Op => ({
    ...{ op: 'optimizer', params: [dict({ params, ...own })], options: { lr: 0.1 } },
    ...{ class: 'Optimizer', required: ['momentum'] },
  });
  const twice = [tuple('x', '$b'), tuple('y', '$b')];
  return [
    caseOf('required-among-others', ['GRP-2', 'GRP-8'], ERRORS, [
      group(['$w', 5]),
      group(['$clone']),
      group(['$w', '$w']),
      group(['$w', '$w'], { momentum: 1 }),
      GROUPS,
    ]),
    caseOf(
      'warning-before-names',
      ['GRP-2', 'GRP-8'],
      [...ERRORS, 'names'],
      [optimizer({}, [dict({ params: ['$w'] }), dict({ params: twice })])],
    ),
    caseOf(
      'no-warning-after-no-leaf',
      ['GRP-2', 'GRP-8'],
      [...ERRORS, 'differentiable'],
      [optimizer({}, ['$w', '$w', '$clone'])],
    ),
  ];
}

function names(): readonly ScenarioCase[] {
  const pair = (name: string, value: Value): Value => tuple(name, value);
  return [
    caseOf(
      'names-of-refused',
      ['GRP-7', 'OPT-7'],
      [...ERRORS, 'names'],
      [optimizer({}, ['$w']), add({ params: [pair('x', '$b'), pair('y', 5)] }), look('group'), GROUPS],
    ),
    caseOf(
      'two-names-of-one',
      ['OPT-7', 'GRP-8'],
      [...ERRORS, 'names'],
      [optimizer({}, [pair('x', '$w'), pair('y', '$w')]), GROUPS],
    ),
  ];
}

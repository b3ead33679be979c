/**
 * What may stand as parameters of an optimizer and of a group.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, clone, dict, generator, grad, groupOf, GROUPS, optimizer, plain, read, setOf } from '../small.ts';
import { type Options, STATE, step, train, tuple } from '../small.ts';

/** Group `params`. */
export function params(): Group {
  return groupOf(['groups', 'params', 'what may stand as parameters'], [...forms(), ...kinds()], {
    ...{ plain: plain([2], [1, 4]), clone: clone([3]) },
  });
}

function forms(): readonly ScenarioCase[] {
  const [w, b] = [dict({ params: ['$w'] }), dict({ params: ['$b'] })];
  const optimizers: Options = {
    list: ['$w', '$b'],
    tuple: tuple('$w', '$b'),
    generator: generator('$w', '$b'),
    set: setOf('$w'),
    groups: [w, b],
    'tuple-of-groups': tuple(w, b),
    'generator-of-groups': generator(w, b),
  };
  const groups: Options = {
    tensor: '$w',
    tuple: tuple('$w', '$b'),
    generator: generator('$w', '$b'),
    empty: [],
  };
  const looks = [GROUPS, train(1), STATE];
  return [
    ...Object.entries(optimizers).map(([id, own]) => caseOf(id, ['OPT-5'], [], [optimizer({}, own), ...looks])),
    ...Object.entries(groups).map(([id, own]) =>
      caseOf(`in-group-${id}`, ['GRP-5'], [], [optimizer({}, [dict({ params: own })]), ...looks]),
    ),
    caseOf('empty-group-first', ['GRP-5'], [], [optimizer({}, [dict({ params: [] }), w]), ...looks]),
    caseOf('empty-group-last', ['GRP-5'], [], [optimizer({}, [w, dict({ params: [] })]), ...looks]),
  ];
}

/** Tensors that are no Parameters. */
function kinds(): readonly ScenarioCase[] {
  const on = { differentiable: true };
  const stepPlain = [grad('plain', [0.5, -2]), step(), read('plain'), STATE];
  const stepClone = [grad('clone', [0.5]), step(), read('clone')];
  const ownOff = [dict({ params: ['$clone'], differentiable: false })];
  return [
    caseOf('plain-tensor', ['OPT-5'], ['state'], [optimizer({ momentum: 0.9 }, ['$plain']), ...stepPlain]),
    caseOf('plain-tensor+differentiable', ['OPT-5', 'GRD-2'], ['state'], [optimizer(on, ['$plain']), ...stepPlain]),
    caseOf('no-leaf+differentiable', ['OPT-5', 'GRP-2'], [], [optimizer(on, ['$clone']), ...stepClone, STATE]),
    // The defaults decide, not the group.
    caseOf('no-leaf+own-differentiable', ['GRP-2'], ['errors'], [optimizer({}, [dict({ params: ['$clone'], ...on })])]),
    caseOf('no-leaf+own-not-differentiable', ['GRP-2'], [], [optimizer(on, ownOff), ...stepClone]),
  ];
}

/**
 * zero_grad: gradients become None, or zeros.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  edit,
  grad,
  gradOf,
  groupOf,
  groups,
  optimizer,
  type Options,
  read,
  STATE,
  step,
  train,
} from '../small.ts';

const GRADIENTS: readonly Op[] = [gradOf('w'), gradOf('b'), gradOf('c')];
const CLEAR: Op = { op: 'zero_grad' };
const ZERO: Op = { op: 'zero_grad', set_to_none: false };

/** Group `zero-grad`. */
export function zeroGrad(): Group {
  return groupOf(['grads', 'zero-grad', 'zero_grad: gradients become None, or zeros'], [...cleared(), ...zeroed()]);
}

function cleared(): readonly ScenarioCase[] {
  const set = [optimizer(), train(1), { op: 'zero_grad', set_to_none: true } as const, ...GRADIENTS];
  const absent = [optimizer(), grad('w', [0.5, -1]), CLEAR, ...GRADIENTS];
  const all = [optimizer({}, groups({}, {})), train(1), CLEAR, ...GRADIENTS];
  const later = [optimizer(), train(1), CLEAR, step(), read('w', 'b'), STATE];
  return [
    caseOf('none', ['GAD-4'], ['state'], [optimizer(), train(1), CLEAR, ...GRADIENTS, read('w', 'b'), STATE]),
    caseOf('none-said', ['GAD-4'], [], set),
    caseOf('none-before', ['GAD-4'], ['none-gradients'], absent),
    caseOf('none-of-all-groups', ['GAD-4'], [], all),
    caseOf('none+foreach', ['GAD-4', 'GAD-6'], [], [optimizer({ foreach: true }), train(1), CLEAR, ...GRADIENTS]),
    caseOf('none-then-step', ['GAD-4', 'RMS-1'], ['state', 'none-gradients'], later),
    caseOf('none-of-duplicate', ['GAD-4', 'GRP-8'], [], [optimizer({}, ['$w', '$w']), train(1), CLEAR, ...GRADIENTS]),
    caseOf('none-twice', ['GAD-4'], ['none-gradients'], [optimizer(), train(1), CLEAR, CLEAR, ...GRADIENTS]),
  ];
}

function zeroed(): readonly ScenarioCase[] {
  const kinds: readonly Op[] = [grad('w', [NaN, -Infinity]), grad('b', [-0])];
  const defaults = edit(['opt', 'defaults', 'foreach'], true);
  // The defaults decide whether the zeros are written in one call; nothing of it shows.
  const foreach: readonly (readonly [id: string, ops: readonly Op[]])[] = [
    ['defaults', [optimizer({ foreach: true }, groups({}, {}))]],
    ['group', [optimizer({}, groups({ foreach: true }, {}))]],
    ['but-for-group', [optimizer({ foreach: true }, groups({ foreach: false }, {}))]],
    ['defaults-later', [optimizer({}, groups({}, {})), defaults]],
  ];
  return [
    ...[{}, { foreach: true }].flatMap((options: Options) => {
      const id = (name: string): string => [name, ...Object.keys(options)].join('+');
      const clauses = options['foreach'] ? ['GAD-5', 'GAD-6'] : ['GAD-5'];
      const make = optimizer(options);
      return [
        caseOf(id('zero'), clauses, ['state'], [make, train(1), ZERO, ...GRADIENTS, read('w', 'b'), STATE]),
        caseOf(id('zero-of-any'), clauses, [], [make, ...kinds, ZERO, ...GRADIENTS]),
        caseOf(id('zero-beside-none'), clauses, ['none-gradients'], [make, grad('b', [1]), ZERO, ...GRADIENTS]),
        caseOf(id('zero-nothing'), clauses, ['none-gradients'], [make, ZERO, ...GRADIENTS]),
        caseOf(
          id('zero-then-step'),
          [...clauses, 'GAD-1'],
          ['state'],
          [make, train(1), ZERO, step(), read('w', 'b'), STATE],
        ),
        caseOf(id('zero-then-none'), clauses, [], [make, train(1), ZERO, CLEAR, ...GRADIENTS]),
      ];
    }),
    ...foreach.map(([id, ops]) =>
      caseOf(`zero-foreach-of-${id}`, ['GAD-6'], [], [...ops, train(1), ZERO, ...GRADIENTS, step(), read('w', 'b')]),
    ),
  ];
}

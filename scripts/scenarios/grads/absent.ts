/**
 * Gradients that are None, and when state is made.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  clone,
  grad,
  groupOf,
  groups,
  look,
  optimizer,
  type Options,
  read,
  STATE,
  step,
  train,
} from '../small.ts';

/** Group `absent`. */
export function absent(): Group {
  return groupOf(
    ['grads', 'absent', 'gradients that are None, and when state is made'],
    [...some(), ...none(), ...made()],
    {
      clone: clone([3]),
    },
  );
}

const READ = read('w', 'b');

function some(): readonly ScenarioCase[] {
  const flags: Options[] = [{}, { foreach: true }, { momentum: 0.9, weight_decay: 0.1 }];
  const late: readonly Op[] = [grad('b', [0.5]), step(), STATE, train(2), STATE];
  const between: readonly Op[] = [train(2), grad('w', null), step(), READ, STATE, train(1, { after: 2 }), STATE];
  const clauses = ['RMS-1', 'STA-1'];
  const id = (name: string, options: Options): string => [name, ...Object.keys(options)].join('+');
  return flags.flatMap((options) => [
    caseOf(id('late', options), [...clauses, 'STA-4'], ['state', 'none-gradients'], [optimizer(options), ...late]),
    caseOf(id('between', options), clauses, ['state'], [optimizer(options), ...between]),
    caseOf(
      id('never', options),
      clauses,
      ['state', 'none-gradients'],
      [optimizer(options), grad('w', [0.5, -1]), step(), step(), READ, STATE],
    ),
  ]);
}

/** Nothing to do: not even what the step would refuse is refused. */
function none(): readonly ScenarioCase[] {
  const refused: readonly (readonly [id: string, options: Options, ...clauses: string[]])[] = [
    ['none', {}],
    ['none+foreach', { foreach: true }],
    ['none+differentiable', { differentiable: true }, 'GRD-2'],
    ['none+foreach+differentiable', { foreach: true, differentiable: true }, 'RMS-14'],
    ['none+capturable', { capturable: true }, 'RMS-15'],
    ['none+capturable+foreach', { capturable: true, foreach: true }, 'RMS-15'],
  ];
  return refused.map(([id, options, ...clauses]) =>
    caseOf(
      id,
      ['RMS-1', ...clauses],
      ['none-gradients'],
      [optimizer(options), step(), step(), READ, look('opt', 'state')],
    ),
  );
}

function made(): readonly ScenarioCase[] {
  const perGroup = [
    optimizer({}, groups({ momentum: 0.9 }, { centered: true })),
    grad('b', [0.5]),
    step(),
    STATE,
    train(1),
    STATE,
  ];
  return [
    // Looking at the state of a tensor makes an empty one.
    caseOf('looked-at', ['STA-1'], ['state'], [optimizer(), look('opt', 'state', '$b'), STATE, train(1), STATE]),
    caseOf(
      'looked-at-only',
      ['STA-1'],
      ['none-gradients'],
      [optimizer(), look('opt', 'state', '$b'), grad('w', [0.5, -1]), step(), STATE, { op: 'state_dict' } as const],
    ),
    caseOf('per-group', ['STA-1', 'STA-4'], ['state', 'none-gradients'], perGroup),
    caseOf(
      'shared-tensor',
      ['STA-1', 'RMS-1'],
      ['state', 'none-gradients'],
      [
        ...[optimizer({}, ['$w', '$b', '$c']), grad('c', [1]), step(), grad('c', null), grad('b', [1]), step()],
        ...[grad('w', [1, 1]), step(), STATE],
      ],
    ),
  ];
}

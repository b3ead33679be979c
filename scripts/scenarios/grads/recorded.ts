/**
 * Steps that autograd records: what of them is recorded, in either path; what a gradient of a tensor that is no leaf is read for.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bits, caseOf, clone, edit, grad, groupOf, look, optimizer, type Options, plain, read } from '../small.ts';
import { step, STATE } from '../small.ts';

/** Group `recorded`. */
export function recorded(): Group {
  return groupOf(
    ['grads', 'recorded', 'steps that autograd records, tensors that are no leaves'],
    [...spread(), ...stays(), ...looked()],
    {
      ...{ clone: clone([1, 2]), plain: plain([2], [3, 4]), other: clone([5, 6]) },
      kept: { ...clone([1, 2]), retains_grad: true },
    },
  );
}

function withGraph(tensor: string, ...numbers: number[]): Op {
  return { op: 'grad', tensor, bits: bits(...numbers), recorded: true };
}

function marks(tensor: string, ...entries: readonly string[]): readonly Op[] {
  return [
    ...[look(`$${tensor}`, 'requires_grad'), look(`$${tensor}`, 'is_leaf')],
    ...entries.flatMap((key) => [
      look('opt', 'state', `$${tensor}`, key, 'requires_grad'),
      look('opt', 'state', `$${tensor}`, key, 'is_leaf'),
    ]),
  ];
}

/** The group does not know that the step is recorded, so that the foreach path runs. */
function recording(options: Options, params: readonly string[]): readonly Op[] {
  return [
    optimizer({ ...options, differentiable: true }, params),
    edit(['opt', 'param_groups', 0, 'differentiable'], false),
  ];
}

/** One tensor of two is recorded, or its gradient is. */
function spread(): readonly ScenarioCase[] {
  const rows: readonly (readonly [id: string, options: Options, graph: boolean])[] = [
    ['parameter', {}, false],
    ['weight_decay', { weight_decay: 0.5 }, false],
    ['weight_decay+momentum+centered', { weight_decay: 0.5, momentum: 0.5, centered: true }, false],
    ['weight_decay+maximize', { weight_decay: 0.5, maximize: true }, false],
    ['gradient', {}, true],
    ['gradient+maximize', { maximize: true }, true],
    ['gradient+momentum', { momentum: 0.5 }, true],
    ['gradient+centered', { centered: true }, true],
  ];
  return rows.flatMap(([id, options, graph]) =>
    [false, true].map((foreach) => {
      const entries = ['square_avg', ...(options['momentum'] ? ['momentum_buffer'] : [])];
      if (options['centered']) entries.push('grad_avg');
      const gradients = [graph ? withGraph('clone', 1, 2) : grad('clone', [1, 2]), grad('plain', [1, 2])];
      return caseOf(
        `${id}${foreach ? '+foreach' : ''}`,
        ['GRD-4', 'GRD-1', 'RMS-12'],
        ['state'],
        [
          ...[...recording({ ...options, foreach }, ['$clone', '$plain']), ...gradients, step()],
          ...[...marks('clone', ...entries), ...marks('plain', ...entries), STATE, read('clone', 'plain')],
        ],
      );
    }),
  );
}

/** What is not recorded. */
function stays(): readonly ScenarioCase[] {
  const graph = withGraph('clone', 1, 2);
  const leaf = (foreach: boolean): Op[] => [
    ...[
      ...recording({ foreach, weight_decay: 0.5 }, ['$plain', '$w']),
      grad('plain', [1, 2]),
      grad('w', [1, 2]),
      step(),
    ],
    ...[...marks('plain', 'square_avg'), ...marks('w', 'square_avg'), STATE, read('plain', 'w')],
  ];
  return [
    caseOf(
      'step-and-gradient',
      ['GRD-4'],
      ['differentiable'],
      [
        ...[optimizer({ differentiable: true, weight_decay: 0.5 }, ['$clone']), grad('clone', [1, 2]), step()],
        ...[look('opt', 'state', '$clone', 'step', 'requires_grad'), look('$clone', 'grad', 'requires_grad')],
        look('$clone', 'grad', 'is_leaf'),
      ],
    ),
    caseOf(
      'recorded-gradient-stays',
      ['GRD-4'],
      ['differentiable'],
      [
        ...[optimizer({ differentiable: true }, ['$clone']), graph, step()],
        ...[look('$clone', 'grad', 'requires_grad'), look('$clone', 'grad', 'is_leaf')],
      ],
    ),
    caseOf(
      'two-steps',
      ['GRD-4'],
      ['state'],
      [
        ...[
          optimizer({ differentiable: true, momentum: 0.5 }, ['$clone']),
          graph,
          step(),
          grad('clone', [1, 2]),
          step(),
        ],
        ...[...marks('clone', 'square_avg', 'momentum_buffer'), STATE],
      ],
    ),
    caseOf(
      'not-recorded',
      ['GRD-4', 'GRD-1'],
      ['state'],
      [optimizer({}, ['$plain']), withGraph('plain', 1, 2), step(), ...marks('plain', 'square_avg'), STATE],
    ),
    caseOf(
      'group-alone',
      ['GRD-4', 'GRD-1'],
      ['state'],
      [
        ...[optimizer({}, ['$plain']), edit(['opt', 'param_groups', 0, 'differentiable'], true)],
        ...[withGraph('plain', 1, 2), step(), ...marks('plain', 'square_avg'), STATE],
      ],
    ),
    caseOf('leaf-behind-another', ['GRD-2', 'GRD-4'], ['errors'], leaf(false)),
    caseOf('leaf-behind-another+foreach', ['GRD-2', 'GRD-4'], ['errors'], leaf(true)),
  ];
}

function looked(): readonly ScenarioCase[] {
  const needs = ['messages', 'differentiable'] as const;
  const clear: Op = { op: 'zero_grad' };
  const zero: Op = { op: 'zero_grad', set_to_none: false };
  return [
    caseOf('absent-of-no-leaf', ['GRD-3'], needs, [
      optimizer({ differentiable: true }, ['$clone', '$other']),
      step(),
      zero,
    ]),
    caseOf('present-of-no-leaf', ['GRD-3'], needs, [
      optimizer({ differentiable: true }, ['$clone']),
      grad('clone', [1, 2]),
      step(),
      zero,
      clear,
      clear,
    ]),
    caseOf('absent-of-retained', ['GRD-3'], needs, [optimizer({}, ['$kept']), step(), clear, zero]),
    caseOf('absent-of-retained+foreach', ['GRD-3'], needs, [optimizer({ foreach: true }, ['$kept']), step(), clear]),
    caseOf(
      'retained-without-differentiable',
      ['GRD-3', 'GRP-2'],
      [...needs, 'state'],
      [optimizer({ foreach: true }, ['$kept']), grad('kept', [1, 2]), step(), ...marks('kept', 'square_avg'), STATE],
    ),
    caseOf('retained-beside-another', ['GRD-3'], needs, [
      optimizer({ differentiable: true }, ['$kept', '$clone']),
      step(),
      clear,
    ]),
  ];
}

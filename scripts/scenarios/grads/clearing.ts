/**
 * zero_grad in detail: when the zeros are written, what counts as true, which objects stay; gradients that are refused.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bits, caseOf, clone, dict, edit, grad, gradOf, groupOf, groups, look, optimizer } from '../small.ts';
import { type Options, parameter, plain, same, sparse, step } from '../small.ts';

/** Group `clearing`. */
export function clearing(): Group {
  return groupOf(
    ['grads', 'clearing', 'zero_grad: when zeros are written, what is true, which objects stay; refused gradients'],
    [...late(), ...truth(), ...objects(), ...refused()],
    {
      ...{ two: plain([2], [1, 2]), wide: plain([2], [1, 2], 'float64') },
      ...{ wide_long: plain([3], [1, 2, 3], 'float64'), double: parameter([1, 2], 'float64'), clone: clone([1, 2]) },
    },
  );
}

const CLEAR: Op = { op: 'zero_grad' };
const ZERO: Op = { op: 'zero_grad', set_to_none: false };
const KEEP: Op = { op: 'look', at: ['$w', 'grad'], as: 'kept' };

function withGraph(tensor: string, ...numbers: number[]): Op {
  return { op: 'grad', tensor, bits: bits(...numbers), recorded: true };
}

/** A parameter that has no gradient at all shows what has been written by then. */
function late(): readonly ScenarioCase[] {
  const odd = edit(['opt', 'param_groups', 0, 'params'], ['$w', 5]);
  const set = (key: string, value: Value): Op => edit(['opt', 'defaults', key], value);
  const rows: readonly (readonly [id: string, make: readonly Op[]])[] = [
    ['plain', [optimizer()]],
    ['foreach', [optimizer({ foreach: true })]],
    ['foreach-of-group', [optimizer({}, [dict({ params: ['$w'], foreach: true })])]],
    ['fused', [optimizer(), set('fused', true)]],
    ['fused-false', [optimizer({ foreach: true }), set('fused', false)]],
  ];
  return [
    ...rows.flatMap(([id, make]) => [
      caseOf(`late-${id}`, ['GAD-6'], ['errors'], [...make, grad('w', [1, 2]), odd, ZERO, gradOf('w')]),
      caseOf(`late-none-${id}`, ['GAD-4'], ['errors'], [...make, grad('w', [1, 2]), odd, CLEAR, gradOf('w')]),
    ]),
    ...[false, true].map((foreach) =>
      caseOf(
        `late-detached${foreach ? '+foreach' : ''}`,
        ['GAD-6', 'GAD-12'],
        ['errors'],
        [
          ...[optimizer({ foreach }), withGraph('w', 1, 2), odd, ZERO, look('$w', 'grad', 'requires_grad')],
          ...[look('$w', 'grad', 'is_leaf'), gradOf('w')],
        ],
      ),
    ),
    ...[false, true].map((foreach) =>
      caseOf(
        `late-sparse${foreach ? '+foreach' : ''}`,
        ['GAD-6', 'RMS-18'],
        ['errors', 'attributes'],
        [optimizer({ foreach }), sparse('w', [1, 2]), odd, ZERO, look('$w', 'grad', '_version')],
      ),
    ),
    caseOf(
      'late-over-groups',
      ['GAD-6'],
      ['errors'],
      [
        ...[optimizer({ foreach: true }, groups({}, {})), grad('w', [1, 2]), grad('b', [3])],
        ...[edit(['opt', 'param_groups', 1, 'params'], ['$b', 5]), ZERO, gradOf('w'), gradOf('b')],
      ],
    ),
  ];
}

function truth(): readonly ScenarioCase[] {
  const values: Readonly<Record<string, Value>> = {
    zero: 0,
    one: 1,
    none: null,
  };
  return [
    ...Object.entries(values).map(([id, set_to_none]) =>
      caseOf(
        `truth-${id}`,
        ['GAD-4', 'GAD-5'],
        ['errors', 'odd-options'],
        [...[optimizer(), grad('w', [1, 2]), { op: 'zero_grad', set_to_none } as const, gradOf('w')]],
      ),
    ),
  ];
}

function objects(): readonly ScenarioCase[] {
  const requires = edit(['$w', 'grad', 'requires_grad'], true);
  const looks = [look('kept', 'requires_grad'), look('kept', 'is_leaf'), same(['kept'], ['$w', 'grad']), gradOf('w')];
  return [{}, { foreach: true }].flatMap((options: Options) => {
    const id = (name: string): string => [name, ...Object.keys(options)].join('+');
    const make = optimizer(options);
    return [
      caseOf(id('same'), ['GAD-5'], [], [make, grad('w', [1, 2]), KEEP, ZERO, ...looks]),
      caseOf(id('same-recorded'), ['GAD-12', 'GAD-5'], [], [make, withGraph('w', 1, 2), KEEP, ZERO, ...looks]),
      caseOf(id('same-leaf'), ['GAD-12', 'GAD-5'], [], [make, grad('w', [1, 2]), requires, KEEP, ZERO, ...looks]),
      caseOf(
        id('none-recorded'),
        ['GAD-12', 'GAD-4'],
        [],
        [make, withGraph('w', 1, 2), KEEP, CLEAR, look('kept', 'requires_grad'), look('kept', 'is_leaf'), look('kept')],
      ),
    ];
  });
}

function refused(): readonly ScenarioCase[] {
  const needs = ['errors', 'messages'] as const;
  const assign = (tensor: string, value: Value): Op => edit([`$${tensor}`, 'grad'], value);
  return [
    caseOf('assigned-wide', ['GAD-11'], needs, [
      optimizer(),
      grad('w', [1, 2]),
      assign('w', '$wide'),
      gradOf('w'),
      step(),
      assign('w', '$wide_long'),
    ]),
    caseOf('assigned-narrow', ['GAD-11'], needs, [
      optimizer({}, ['$double']),
      assign('double', '$two'),
      gradOf('double'),
    ]),
    caseOf('assigned-to-plain', ['GAD-11'], needs, [optimizer(), assign('two', '$wide'), assign('two', '$two')]),
    caseOf('assigned-to-no-leaf', ['GAD-11'], needs, [optimizer(), assign('clone', '$wide'), assign('clone', 'x')]),
    caseOf('assigned-to-a-state', ['GAD-11'], needs, [
      ...[
        optimizer({}, ['$w']),
        grad('w', [1, 2]),
        step(),
        edit(['opt', 'state', '$w', 'square_avg', 'grad'], '$wide'),
      ],
      ...[edit(['opt', 'state', '$w', 'square_avg', 'grad'], '$two'), look('opt', 'state', '$w', 'square_avg', 'grad')],
    ]),
    ...Object.entries({ true: true, dict: dict({}), float: 0.5 }).map(([id, value]) =>
      caseOf(`assigned-${id}`, ['GAD-11', 'ERR-3'], needs, [optimizer(), assign('w', value), gradOf('w')]),
    ),
  ];
}

/**
 * Closures: when they are called, what they return, what is accepted as one.
 */
import type { Closure, Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bits, caseOf, clone, dict, float, grad, gradOf, groupOf, groups, optimizer, read, remove } from '../small.ts';
import { plain, sparse, STATE, step, train, tuple } from '../small.ts';

/** Group `closure`. */
export function closure(): Group {
  return groupOf(['grads', 'closure', 'closures'], [...called(), ...returned(), ...thrown(), ...accepted()], {
    ...{ clone: clone([3]), plain: plain([1], [1]) },
  });
}

const GRADIENTS = { w: bits(0.3, -0.6), b: bits(0.1) };
const LOOKS: readonly Op[] = [read('w', 'b'), STATE];

/** A step whose closure sets gradients. */
function withClosure(more: Partial<Closure> = {}, rest: { readonly keyword?: true } = {}): Op {
  return step({ closure: { log: 'called', gradients: GRADIENTS, ...more }, ...rest });
}

function called(): readonly ScenarioCase[] {
  const two = optimizer({}, groups({}, {}));
  const replaced = [optimizer(), grad('w', [-1, 1]), grad('b', [-1]), withClosure(), gradOf('w'), ...LOOKS];
  const cleared = { gradients: { w: null, b: bits(0.1) } };
  return [
    caseOf('once-before-groups', ['RMS-16', 'GAD-7'], ['state'], [two, withClosure(), ...LOOKS]),
    caseOf('foreach', ['RMS-16', 'GAD-7'], ['state'], [optimizer({ foreach: true }), withClosure(), ...LOOKS]),
    caseOf('keyword', ['RMS-16', 'GAD-7'], ['state'], [optimizer(), withClosure({}, { keyword: true }), ...LOOKS]),
    caseOf('every-step', ['RMS-16', 'GAD-7'], [], [optimizer(), withClosure(), withClosure(), ...LOOKS]),
    caseOf('replaces-gradients', ['GAD-7'], [], replaced),
    caseOf(
      'clears-gradients',
      ['GAD-7', 'RMS-1'],
      ['none-gradients'],
      [optimizer(), grad('w', [-1, 1]), withClosure(cleared), ...LOOKS],
    ),
    caseOf(
      'without-gradients',
      ['GAD-7', 'RMS-1'],
      ['none-gradients'],
      [optimizer(), step({ closure: { log: 'called', returns: 5 } }), ...LOOKS],
    ),
    caseOf(
      'differentiable',
      ['GRD-1', 'GAD-7'],
      ['differentiable'],
      [
        ...[
          optimizer({ differentiable: true }, ['$clone']),
          step({ closure: { log: 'called', gradients: { clone: bits(0.5) } } }),
        ],
        ...[read('clone'), STATE],
      ],
    ),
  ];
}

function returned(): readonly ScenarioCase[] {
  const values: Readonly<Record<string, Value>> = {
    number: 0.25,
    zero: 0,
    nan: float('nan'),
    text: 'loss',
    'empty-text': '',
    true: true,
    false: false,
    none: null,
    list: [1, [2, 'x']],
    'empty-list': [],
    tuple: tuple(1, 2),
    dict: dict({ loss: 0.5 }),
    tensor: '$c',
  };
  return Object.entries(values).map(([id, returns]) =>
    caseOf(`returns-${id}`, ['GAD-8', 'RMS-16'], [], [optimizer(), withClosure({ returns })]),
  );
}

function thrown(): readonly ScenarioCase[] {
  const without = { closure: { log: 'called', throw: 'no loss' } };
  const needs = ['errors', 'state', 'none-gradients'] as const;
  const again = [withClosure(), ...LOOKS];
  const half = [optimizer({}, groups({}, {})), remove('opt', 'param_groups', 1, 'lr'), withClosure(), ...LOOKS];
  const differentiable = [optimizer({ differentiable: true }), withClosure(), withClosure(), ...LOOKS];
  const hooked = { op: 'hook', on: 'step_pre', does: [{ log: 'before' }] } as const;
  const modes = [
    ...[optimizer(), hooked, { ...hooked, on: 'step_post', does: [{ log: 'after' }] } as const],
    ...[withClosure(), step(without), step(), optimizer({ differentiable: true }), hooked, step(without), step()],
  ];
  return [
    caseOf('mode-restored', ['GRD-1', 'GAD-9'], ['errors'], modes),
    caseOf('throws', ['GAD-9'], needs, [optimizer(), step(without), ...LOOKS, ...again]),
    caseOf('throws-after-gradients', ['GAD-9'], needs, [
      optimizer(),
      withClosure({ throw: 'no loss' }),
      gradOf('w'),
      ...LOOKS,
      step(),
      ...LOOKS,
    ]),
    caseOf(
      'throws+with-state',
      ['GAD-9'],
      ['errors', 'state'],
      [optimizer(), train(1), step(without), ...LOOKS, ...again],
    ),
    // What the step refuses is refused after the closure.
    caseOf(
      'before-sparse',
      ['GAD-7', 'GAD-3'],
      ['errors'],
      [
        optimizer(),
        sparse('c', [1]),
        step({ closure: { log: 'called' } }),
        optimizer({}, ['$c']),
        step({ closure: { log: 'called' } }),
      ],
    ),
    caseOf('before-refused-group', ['GAD-7', 'RMS-16'], ['errors'], half),
    caseOf('before-refused-leaf', ['GAD-7', 'GRD-1', 'GRD-2'], ['errors'], differentiable),
  ];
}

function accepted(): readonly ScenarioCase[] {
  const values: Readonly<Record<string, Value>> = {
    number: 5,
    zero: 0,
    float: 0.5,
    true: true,
    text: 'x',
    list: [],
    dict: dict({}),
    parameter: '$c',
    tensor: '$plain',
  };
  const made = [optimizer(), grad('w', [0.5, -1])];
  const both: Op = { op: 'step', closure: { log: 'called' }, args: [null] };
  const needs = ['errors', 'none-gradients'] as const;
  return [
    caseOf('absent', ['GAD-8', 'RMS-16'], ['none-gradients'], [...made, step(), ...LOOKS]),
    caseOf('none', ['GAD-10', 'RMS-16'], ['none-gradients'], [...made, step({ args: [null] }), ...LOOKS]),
    ...Object.entries(values).map(([id, value]) =>
      caseOf(`not-callable-${id}`, ['GAD-10', 'ERR-3'], needs, [...made, step({ args: [value] }), ...LOOKS]),
    ),
    caseOf('two-arguments', ['GAD-10'], needs, [...made, step({ args: [null, null] }), ...LOOKS]),
    caseOf('three-arguments', ['GAD-10'], needs, [...made, step({ args: [null, null, null] }), ...LOOKS]),
    caseOf('closure-and-argument', ['GAD-10'], needs, [...made, both, ...LOOKS]),
    caseOf('closure-twice', ['GAD-10'], needs, [...made, { ...both, keyword: true } as Op, ...LOOKS]),
  ];
}

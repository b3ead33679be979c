/**
 * Options that are tensors of no dimensions and require grad; what is refused first where a leaf would be written.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, grad, groupOf, optimizer, type Options, plain, read, set, STATE, step, train } from '../small.ts';

/** Group `recorded`. */
export function recorded(): Group {
  const half = plain([], [0.5]);
  return groupOf(
    ['errors', 'recorded', 'options that require grad; a leaf that is written'],
    [...options(), ...leaves(), ...besides()],
    {
      ...{ parameter: { ...half, parameter: true }, clone: { ...half, leaf: false } },
      ...{ plain: plain([2], [1, 4]) },
    },
  );
}

const NEEDS = ['odd-options', 'errors', 'messages', 'state', 'bookkeeping'] as const;
const LOOKS: readonly Op[] = [STATE, read('w', 'b')];

/** `weight_decay` is refused in every way alike, so one is enough. */
function options(): readonly ScenarioCase[] {
  const ways: readonly (readonly [suffix: string, own: Options])[] = [
    ['', {}],
    ['+momentum', { momentum: 0.5 }],
    ['+centered', { centered: true }],
    ['+foreach', { foreach: true }],
    ['+foreach+momentum', { foreach: true, momentum: 0.5 }],
    ['+foreach+centered', { foreach: true, centered: true }],
    ['+foreach+maximize', { foreach: true, maximize: true }],
  ];
  return ['lr', 'alpha', 'eps', 'weight_decay', 'momentum'].flatMap((option) =>
    ['parameter', 'clone'].flatMap((name) =>
      ways
        .filter(([suffix, own]) => !(option in own) && (option !== 'weight_decay' || suffix === ''))
        .map(([suffix, own]) =>
          caseOf(`${option}-${name}${suffix}`, ['ERR-8'], NEEDS, [
            optimizer({ ...own, [option]: `$${name}` }),
            train(2),
            ...LOOKS,
          ]),
        ),
    ),
  );
}

/** That autograd minds a write is found before numbers are looked at. */
function leaves(): readonly ScenarioCase[] {
  const cases: readonly (readonly [id: string, own: Options, later: Options])[] = [
    ['leaf-before-overflow', {}, { lr: 1e40 }],
    ['leaf-before-overflow+momentum', { momentum: 0.5 }, { lr: 1e40 }],
    ['leaf-before-overflow+foreach', {}, { lr: 1e40, differentiable: false, foreach: true }],
    ['leaf-before-overflow+foreach+momentum', { momentum: 0.5 }, { lr: 1e40, differentiable: false, foreach: true }],
  ];
  return cases.map(([id, own, later]) =>
    caseOf(
      id,
      ['GRD-2'],
      [...NEEDS, 'differentiable'],
      [
        optimizer({ differentiable: true, ...own }),
        ...Object.entries(later).map(([option, value]) => set(option, value)),
        ...[train(1), ...LOOKS],
      ],
    ),
  );
}

/** A tensor that may be written, in front of a leaf that may not, or behind it. */
function besides(): readonly ScenarioCase[] {
  const orders = { 'plain-before-leaf': ['$plain', '$w'], 'plain-behind-leaf': ['$w', '$plain'] } as const;
  return Object.entries(orders).flatMap(([id, params]) =>
    [false, true].flatMap((foreach) =>
      [0, 0.5].map((momentum) =>
        caseOf(
          `${id}${foreach ? '+foreach' : ''}${momentum ? '+momentum' : ''}`,
          ['GRD-2'],
          [...NEEDS, 'differentiable'],
          [
            ...[optimizer({ differentiable: true, momentum }, params), set('differentiable', false)],
            ...[
              set('foreach', foreach),
              grad('plain', [0.5, -2]),
              grad('w', [0.5, 1]),
              step(),
              read('plain', 'w'),
              STATE,
            ],
          ],
        ),
      ),
    ),
  );
}

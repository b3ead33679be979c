/**
 * Options that were set to something else than a number or a flag: what a step takes, and what it refuses where.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  dict,
  groupOf,
  optimizer,
  type Options,
  parameter,
  plain,
  read,
  set,
  STATE,
  train,
  tuple,
} from '../small.ts';

const VALUES: readonly (readonly [name: string, value: Value])[] = [
  ...([
    ['none', null],
    ['text', 'x'],
    ['true', true],
    ['empty-list', []],
  ] as const),
  ...([
    ['list', [0.5]],
    ['list-of-two', [0.5, 0.25]],
    ['tuple', tuple(0.5)],
    ['dict', dict({})],
  ] as const),
  ...([
    ['tensor', '$scalar'],
    ['wide-tensor', '$wide'],
    ['tensor-of-one', '$one'],
    ['tensor-of-two', '$two'],
  ] as const),
  ...([['parameter', '$parameter']] as const),
];

/** Flags, with the clause that says what each does. */
const FLAGS = { centered: 'RMS-6', foreach: 'RMS-12', maximize: 'RMS-2', differentiable: 'GRD-1' } as const;

/** A momentum greater than zero asks for a buffer that a state made without it lacks. */
const GREATER_THAN_ZERO = ['true', 'tensor', 'wide-tensor', 'tensor-of-one', 'parameter'];

/** The group `options`. */
export function options(): Group {
  return groupOf(
    ['errors', 'options', 'options of any type, set between two steps or from the start'],
    [
      ...['lr', 'alpha', 'eps', 'weight_decay', 'momentum'].flatMap(numbers),
      ...Object.entries(FLAGS).flatMap((row) => flags(...row)),
    ],
    {
      ...{ scalar: plain([], [0.5]), wide: plain([], [0.1], 'float64'), one: plain([1], [0.5]) },
      ...{ two: plain([2], [0.5, 0.25]), parameter: parameter([0.5]) },
    },
  );
}

function numbers(option: string): ScenarioCase[] {
  const ways: readonly (readonly [suffix: string, options: Options])[] = [
    ['', { centered: true }],
    ['+momentum', { momentum: 0.5 }],
    ['+foreach', { foreach: true, centered: true }],
    ['+foreach+momentum', { foreach: true, momentum: 0.5 }],
  ];
  const lacksBuffer = (own: Options): boolean => option === 'momentum' && !('momentum' in own);
  return VALUES.flatMap(([name, value]) => [
    ...ways.map(([suffix, own]) =>
      caseOf(
        `${option}-${name}${suffix}`,
        ['ERR-8', 'RMS-10', ...(lacksBuffer(own) && GREATER_THAN_ZERO.includes(name) ? ['ERR-5', 'STA-4'] : [])],
        ['odd-options', 'errors', 'messages', 'state', 'bookkeeping'],
        [
          optimizer(own),
          train(1),
          set(option, value),
          train(1, { after: 1 }),
          STATE,
          train(1, { after: 2 }),
          read('w'),
        ],
      ),
    ),
    caseOf(
      `from-the-start-${option}-${name}`,
      ['ERR-8', 'OPT-3'],
      ['odd-options', 'errors', 'messages', 'state', 'bookkeeping'],
      [optimizer({ [option]: value }), train(2), STATE],
    ),
  ]);
}

function flags(option: string, clause: string): ScenarioCase[] {
  return VALUES.map(([name, value]) =>
    caseOf(
      `${option}-${name}`,
      ['ERR-8', clause],
      ['odd-options', 'errors', 'messages', 'state', 'bookkeeping'],
      [optimizer({ [option]: value }), train(2), STATE],
    ),
  );
}

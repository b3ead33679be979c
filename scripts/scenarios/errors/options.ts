/**
 * Options that are something else than a number or a flag: tensors and booleans that a step computes with, and of what it
 * refuses, one case for each option and each outcome.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, groupOf, optimizer, type Options, parameter, plain, read, set, STATE, train } from '../small.ts';

const VALUES = {
  ...{ none: null, text: 'x', true: true, 'empty-list': [] },
  ...{ tensor: '$scalar', 'wide-tensor': '$wide', 'tensor-of-one': '$one', 'tensor-of-two': '$two' },
  parameter: '$parameter',
} as const satisfies Options;

type Name = keyof typeof VALUES;

/** What an option is set to between two steps, under which other options; or the option is given from the start. */
const WAYS = {
  '': { centered: true },
  '+momentum': { momentum: 0.5 },
  '+foreach': { foreach: true, centered: true },
  '+foreach+momentum': { foreach: true, momentum: 0.5 },
} as const satisfies Readonly<Record<string, Options>>;

type Way = keyof typeof WAYS | 'from-the-start';

const EVERY: readonly Way[] = ['', '+momentum', '+foreach', '+foreach+momentum', 'from-the-start'];
const FOR_LOOP: readonly Way[] = ['', '+momentum', 'from-the-start'];
/** A momentum greater than zero asks for a buffer that a state made without it lacks. */
const WITH_BUFFER: readonly Way[] = ['+momentum', '+foreach+momentum', 'from-the-start'];

/** What a step computes with, in which ways. */
const TAKEN: Readonly<Record<string, readonly (readonly [names: readonly Name[], ways: readonly Way[]])[]>> = {
  lr: [[['true', 'tensor', 'wide-tensor', 'tensor-of-one', 'parameter'], EVERY]],
  alpha: [[['true', 'tensor', 'wide-tensor'], EVERY]],
  eps: [
    [['true', 'tensor', 'wide-tensor'], EVERY],
    [['tensor-of-one', 'parameter'], FOR_LOOP],
  ],
  weight_decay: [[['tensor', 'wide-tensor'], EVERY]],
  momentum: [
    [['true', 'tensor', 'wide-tensor'], WITH_BUFFER],
    [
      ['tensor-of-one', 'parameter'],
      ['+momentum', 'from-the-start'],
    ],
  ],
};

/** What it refuses, one of each outcome. */
const REFUSED: Readonly<Record<string, readonly Name[]>> = {
  lr: ['none', 'tensor-of-two'],
  alpha: ['none', 'tensor-of-one'],
  eps: ['none', 'tensor-of-two'],
  weight_decay: ['none', 'true', 'tensor-of-one', 'tensor-of-two'],
  momentum: ['none', 'tensor-of-two'],
};

/** Flags, with the clause that says what each does. */
const FLAGS = { centered: 'RMS-6', foreach: 'RMS-12', maximize: 'RMS-2', differentiable: 'GRD-1' } as const;

/** True, false, and what is neither. */
const TRUTHS: readonly Name[] = ['text', 'empty-list', 'tensor-of-two'];

/** The group `options`. */
export function options(): Group {
  return groupOf(
    ['errors', 'options', 'options of any type, set between two steps or from the start'],
    [
      ...Object.entries(TAKEN).flatMap(([option, rows]) =>
        rows.flatMap(([names, ways]) => names.flatMap((name) => ways.map((way) => number(option, name, way)))),
      ),
      ...Object.entries(REFUSED).flatMap(([option, names]) => names.map((name) => number(option, name, ''))),
      ...Object.entries(FLAGS).flatMap(([option, clause]) =>
        (option === 'differentiable' ? (['none', 'tensor-of-two'] as const) : TRUTHS).map((name) =>
          given(option, name, clause),
        ),
      ),
    ],
    {
      ...{ scalar: plain([], [0.5]), wide: plain([], [0.1], 'float64'), one: plain([1], [0.5]) },
      ...{ two: plain([2], [0.5, 0.25]), parameter: parameter([0.5]) },
    },
  );
}

const NEEDS = ['odd-options', 'errors', 'messages', 'state', 'bookkeeping'] as const;

function number(option: string, name: Name, way: Way): ScenarioCase {
  if (way === 'from-the-start') return given(option, name, 'OPT-3', 'from-the-start-');
  return caseOf(`${option}-${name}${way}`, ['ERR-8', 'RMS-10'], NEEDS, [
    ...[optimizer(WAYS[way]), train(1), set(option, VALUES[name]), train(1, { after: 1 })],
    ...[STATE, train(1, { after: 2 }), read('w')],
  ]);
}

function given(option: string, name: Name, clause: string, prefix = ''): ScenarioCase {
  const value: Value = VALUES[name];
  return caseOf(`${prefix}${option}-${name}`, ['ERR-8', clause], NEEDS, [
    ...[optimizer({ [option]: value }), train(2), STATE],
  ]);
}

/**
 * Tensors that repeat one element: a step must not write into them.
 */
import type { Op, TensorSpec } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  edit,
  grad,
  gradOf,
  groupOf,
  optimizer,
  type Options,
  parameter,
  plain,
  read,
  STATE,
} from '../small.ts';
import { step } from '../small.ts';
import { copy, look } from '../tiny.ts';

/** Group `overlapping`. */
export function overlapping(): Group {
  return groupOf(
    ['errors', 'overlapping', 'tensors of which several elements are one in memory'],
    [...parameters(), ...buffers(), ...gradients(), ...copies(), ...harmless()],
    {
      rows: expanded({ ...parameter([1, 2, 3, 1, 2, 3]), shape: [2, 3] }),
      pair: expanded(parameter([1, 1])),
      once: expanded({ ...parameter([1, 2]), shape: [1, 2] }),
      thick: expanded({ ...parameter([1, 2, 1, 2]), shape: [2, 1, 2] }),
      mean: expanded(plain([2], [4, 4])),
      ones: expanded(plain([2], [0.5, 0.5])),
    },
  );
}

function expanded(spec: TensorSpec): TensorSpec {
  return { ...spec, layout: 'expanded' };
}

const ALL: Options = { momentum: 0.5, centered: true, weight_decay: 0.1, maximize: true };

function parameters(): readonly ScenarioCase[] {
  const flags: readonly (readonly [string, Options])[] = [
    ['plain', {}],
    ['momentum', { momentum: 0.5 }],
    ['everything', ALL],
  ];
  const all = [grad('rows', [1, 2, 3, 4, 5, 6]), grad('pair', [1, 2]), grad('thick', [1, 2, 3, 4]), grad('w', [1, 2])];
  return flags.flatMap(([id, options]) =>
    [false, true].flatMap((foreach) => {
      const run = (params: readonly string[]): Op[] => [
        ...[optimizer({ ...options, foreach }, params), ...all, step(), STATE, read('rows', 'pair', 'thick', 'w')],
        ...[step(), STATE],
      ];
      const name = `${id}${foreach ? '+foreach' : ''}`;
      const needs = ['errors', 'messages', 'state', 'bookkeeping', 'layouts'] as const;
      return [
        caseOf(`rows-${name}`, ['RMS-19', 'STA-3'], needs, run(['$w', '$rows', '$pair'])),
        caseOf(`pair-${name}`, ['RMS-19', 'STA-3'], needs, run(['$pair', '$w'])),
        caseOf(`thick-${name}`, ['RMS-19', 'STA-3'], needs, run(['$thick'])),
      ];
    }),
  );
}

function buffers(): readonly ScenarioCase[] {
  const needs = ['errors', 'messages', 'state', 'bookkeeping', 'layouts', 'set-state'] as const;
  return ['square_avg', 'momentum_buffer', 'grad_avg'].flatMap((key) =>
    [false, true].map((foreach) =>
      caseOf(`${key}${foreach ? '+foreach' : ''}`, ['RMS-19'], needs, [
        ...[optimizer({ ...ALL, foreach }, ['$w']), grad('w', [1, 2]), step()],
        ...[edit(['opt', 'state', '$w', key], '$mean'), step(), STATE, read('w', 'mean')],
      ]),
    ),
  );
}

/** What is only read may repeat its elements, and zeros may be written all the same. */
function gradients(): readonly ScenarioCase[] {
  const zero: Op = { op: 'zero_grad', set_to_none: false };
  const assign = edit(['$w', 'grad'], '$ones');
  return [false, true].flatMap((foreach) => {
    const id = (name: string): string => `${name}${foreach ? '+foreach' : ''}`;
    const make = optimizer({ ...ALL, foreach }, ['$w']);
    return [
      caseOf(id('gradient'), ['RMS-19'], ['state', 'layouts'], [make, assign, step(), step(), STATE, read('w')]),
      caseOf(id('zero_grad'), ['GAD-5'], ['layouts'], [make, assign, zero, gradOf('w'), read('ones')]),
    ];
  });
}

function copies(): readonly ScenarioCase[] {
  const copied = ['copied', 'param_groups', 0, 'params', 0] as const;
  const of = (tensor: string): Op[] => [optimizer({}, [`$${tensor}`]), copy('opt', 'copied'), look(...copied)];
  return [
    caseOf('copied-parameter', ['RPR-5'], ['layouts'], of('rows')),
    caseOf('copied-plain', ['RPR-5'], ['layouts'], of('mean')),
  ];
}

/** A first dimension of one position repeats nothing. */
function harmless(): readonly ScenarioCase[] {
  return [false, true].map((foreach) =>
    caseOf(
      `of-one-position${foreach ? '+foreach' : ''}`,
      ['RMS-19', 'STA-3'],
      ['state', 'bookkeeping', 'layouts'],
      [...[optimizer({ ...ALL, foreach }, ['$once']), grad('once', [1, 2]), step(), STATE, read('once')]],
    ),
  );
}

/**
 * State that is integers, state of integers, and how integers are printed and copied.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bitsOf } from '../random.ts';
import {
  byId,
  caseOf,
  copy,
  dict,
  edit,
  fresh,
  groupOf,
  load,
  loadValue,
  look,
  optimizer,
  type Options,
} from '../tiny.ts';
import { plain, read, same, save, state, step, train, train2 } from '../tiny.ts';

const THROWS: readonly Need[] = ['errors', 'messages', 'state', 'int64'];

/** Group `int64`. */
export function int64(): Group {
  const many = Array.from({ length: 1100 }, (_, i) => i - 550);
  const tensors = {
    ...{ three: plain([], [3], 'int64'), four: plain([2], [4, 9], 'int64') },
    ...{ large: plain([2], [2 ** 24 + 1, 2 ** 53 - 1], 'int64'), i: plain([2], [5, -7], 'int64') },
    ...{ old: plain([2], [0.5, 2]), wide: plain([2], [0.5, 0.25], 'float64'), p64: plain([2], [1, -2], 'float64') },
    ...{ one: plain([1], [-3], 'int64'), matrix: plain([2, 3], [1, -20, 300, 0, 5, -6], 'int64') },
    ...{ empty: plain([0], [], 'int64'), rows: plain([0, 3], [], 'int64'), many: plain([1100], many, 'int64') },
    ...{ thousand: plain([1000], many.slice(0, 1000), 'int64'), minus: plain([], [-(2 ** 40)], 'int64') },
  };
  return groupOf(
    ['state_dict', 'int64', 'integers in files, as parameters, copied and printed'],
    [...loaded(), ...steps(), ...parameters(), ...texts()],
    { tensors },
  );
}

/** Integer buffers take the element type of their parameter. */
function loaded(): readonly ScenarioCase[] {
  const file = (value: Value): Op =>
    loadValue(
      dict({
        state: byId([
          0,
          dict({ step: 3, square_avg: value, extra: ['$three', dict({ step: '$three', other: '$three' })] }),
        ]),
        param_groups: [dict({ ...GROUP, params: [0] })],
      }),
    );
  return ['w', 'p64'].flatMap((name) =>
    ['four', 'large'].flatMap((value) =>
      [false, true].map((foreach) =>
        caseOf(
          `buffer-${value}-for-${name}${foreach ? '+foreach' : ''}`,
          ['INT-6', 'LSD-13', 'LSD-14'],
          ['state', 'int64', 'float64'],
          [
            ...[optimizer({}, [`$${name}`]), file(`$${value}`), edit(['opt', 'param_groups', 0, 'foreach'], foreach)],
            ...[state(), gradOf(name), step(), state(), read(name)],
          ],
        ),
      ),
    ),
  );
}

const GROUP: Options = { lr: 0.01, momentum: 0, alpha: 0.5, eps: 1e-8, centered: false, weight_decay: 0 };

function gradOf(name: string): Op {
  const [dtype, numbers] =
    name === 'i' ? (['int64', [2, -3]] as const) : ([name === 'w' ? 'float32' : 'float64', [0.3, -0.6]] as const);
  return { op: 'grad', tensor: name, bits: bitsOf(dtype, numbers) };
}

/** A step count that is an integer tensor stays one, and counts on. */
function steps(): readonly ScenarioCase[] {
  const of = (
    id: string,
    value: Value,
    needs: readonly Need[],
    edits: readonly Op[],
    options: Options = {},
  ): ScenarioCase =>
    caseOf(
      id,
      ['INT-6', 'LSD-14'],
      [...THROWS, ...needs],
      [
        ...[
          optimizer(),
          train(1),
          save(),
          edit(['saved', 'state', 0, 'step'], value),
          ...edits,
          fresh(options),
          load('fresh'),
        ],
        ...[state('fresh'), same(['fresh', 'state', '$w2', 'step'], ['saved', 'state', 0, 'step'])],
        ...[train2(2, { after: 1 }), state('fresh'), read('w2', 'b2', 'three', 'four')],
      ],
    );
  const option = (name: string, value: Value): Op => edit(['saved', 'param_groups', 0, name], value);
  return [
    of('step', '$three', [], []),
    of('step-of-two', '$four', [], []),
    of('step-in-a-list', ['$three'], [], []),
    of('step+foreach', '$three', ['foreach'], [option('foreach', true)]),
    of('step+differentiable', '$three', ['differentiable'], [option('differentiable', true)], { differentiable: true }),
    of('step-capturable', '$three', ['capturable'], [option('capturable', true)]),
    of('step-fused', '$three', [], [option('fused', true)]),
    caseOf(
      'step-set',
      ['INT-1', 'INT-6'],
      [...THROWS, 'set-state'],
      [
        ...[optimizer(), train(1), edit(['opt', 'state', '$w', 'step'], '$three')],
        ...[
          { op: 'set_state', tensor: 'w', key: 'step', value: 7.9 } as const,
          train(1, { after: 1 }),
          state(),
          read('three'),
        ],
      ],
    ),
  ];
}

/** The state of an integer parameter is what the file holds. */
function parameters(): readonly ScenarioCase[] {
  const values: readonly string[] = ['old', 'wide', 'four'];
  const cast = values.map((value) =>
    caseOf(
      `for-integers-${value}`,
      ['INT-6', 'LSD-13'],
      [...THROWS, 'float64'],
      [
        optimizer({}, ['$i']),
        loadValue(
          dict({
            state: byId([0, dict({ step: '$three', square_avg: `$${value}` })]),
            param_groups: [dict({ ...GROUP, params: [0] })],
          }),
        ),
        ...[state(), same(['opt', 'state', '$i', 'square_avg'], [`$${value}`])],
        ...[gradOf('i'), step(), state(), read('i', value)],
      ],
    ),
  );
  const started: readonly Op[] = [
    optimizer({ momentum: 1, alpha: 0, lr: '$three' }, ['$i', '$w']),
    gradOf('i'),
    step(),
  ];
  return [
    ...cast,
    caseOf('saved', ['INT-3', 'SDT-1'], THROWS, [...started, save(), load(), state()]),
    caseOf(
      'copied',
      ['INT-1', 'RPR-5'],
      [...THROWS, 'tensor-lr'],
      [
        ...[...started, copy('opt', 'twin'), look('twin', 'param_groups', 0), look('twin', 'state')],
        ...[look('twin', 'param_groups', 0, 'params', 0, 'grad'), step({ optimizer: 'twin' }), look('twin', 'state')],
      ],
    ),
  ];
}

function texts(): readonly ScenarioCase[] {
  const text: Op = { op: 'repr' };
  const values = ['three', 'four', 'large', 'one', 'matrix', 'empty', 'rows', 'many', 'thousand', 'minus'];
  const needs: readonly Need[] = ['messages', 'int64', 'empty-tensors'];
  return [
    ...values.map((name) =>
      caseOf(`text-of-${name}`, ['INT-7', 'RPR-7'], needs, [
        ...[optimizer({}, [dict({ params: ['$w'], a: `$${name}`, b: [`$${name}`] })]), text],
      ]),
    ),
    caseOf(
      'text-of-options',
      ['INT-7', 'RPR-2'],
      [...needs, 'tensor-lr'],
      [optimizer({ lr: '$three', alpha: '$one', eps: '$three' }), text],
    ),
    caseOf(
      'text-of-options-accepted',
      ['INT-7', 'RPR-2'],
      [...needs, 'tensor-lr'],
      [optimizer({ lr: '$three', eps: '$three' }), text],
    ),
  ];
}

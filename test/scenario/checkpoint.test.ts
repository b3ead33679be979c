/**
 * Saving and loading: what a port is given, what is made of what it answers, and what stands in for ports with objects.
 */
import { describe, expect, test } from 'vitest';
import { AdapterError } from '../../src/scenario/adapter-error.ts';
import { interpret } from '../../src/scenario/interpreter.ts';
import type { Port } from '../../src/scenario/port.ts';
import type { Observation, Op, PlainCheckpoint, Scenario, Value } from '../../src/scenario/types.ts';
import { portOf } from '../../src/subject/port.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';

const ONE = '3f800000';
const TWO = '40000000';
const made: Op = { op: 'optimizer', params: ['$w', '$b'], options: {} };
const buffer = (bits: string) => ({ dtype: 'float32', shape: [1], bits }) as const;

const scenario = (...program: readonly Op[]): Scenario => ({
  ...{
    id: 'resume/a/b',
    gradients: {
      g: [
        { w: ONE, b: ONE },
        { w: TWO, b: ONE },
      ],
    },
    program: [made, ...program],
  },
  tensors: { w: { ...buffer(ONE), parameter: true }, b: { ...buffer(TWO), parameter: true } },
});

const FILE: PlainCheckpoint = {
  groups: [
    {
      params: ['w', 'b'],
      options: { lr: 0.1, alpha: 0.9, eps: 0, weight_decay: 0, momentum: 0, centered: false, maximize: false },
    },
  ],
  state: { w: { step: 3, square_avg: { dtype: 'float64', shape: [1], bits: '3fb999999999999a' } } },
};

/** A port whose tensors are their names, and which answers `saved`. */
function port(saved: unknown, more: object = {}): { readonly port: Port; readonly given: unknown[] } {
  const given: unknown[] = [];
  const own = {
    ...{ name: 'mine', supports: ['numbers', 'float32', 'eps=0.5'], tensor: ({ name }: { name: string }) => name },
    ...{ read: () => [1], setGrad: () => {}, optimizer: () => 'O', step: () => {} },
    load: (...args: readonly unknown[]) => void given.push(...args),
    save: () => saved,
    ...more,
  };
  return { port: own as unknown as Port, given };
}

const savedBy = async (saved: unknown): Promise<Value | undefined> =>
  (await interpret(scenario({ op: 'save' }), port(saved).port))[1]!.value;

describe('load', () => {
  test('is given the tensors of the port, the options, and elements in the element type that the file has', async () => {
    const { port: own, given } = port(undefined);
    expect(await interpret(scenario({ op: 'load', value: FILE }), own)).toEqual([{}, {}]);
    expect(given).toEqual([
      'O',
      {
        groups: [{ params: ['w', 'b'], options: FILE.groups[0]!.options }],
        state: new Map([['w', { step: 3, square_avg: Float64Array.of(0.1) }]]),
      },
    ]);
  });

  test('gives the port arrays of its own each time', async () => {
    const { port: own, given } = port(undefined);
    await interpret(scenario({ op: 'load', value: FILE }, { op: 'load', value: FILE }), own);
    const [one, other] = [given[1], given[3]].map(
      (checkpoint) => (checkpoint as { state: Map<string, { square_avg: Float64Array }> }).state.get('w')!.square_avg,
    );
    expect(one).not.toBe(other);
  });

  test('of what was saved is of what it was when it was saved', async () => {
    const live = Float32Array.of(1);
    const { port: own, given } = port(
      { groups: [{ params: ['w', 'b'], options: {} }], state: new Map([['w', { step: 1, square_avg: live }]]) },
      { step: () => void live.fill(2) },
    );
    await interpret(scenario({ op: 'save' }, { op: 'train', gradients: 'g', steps: 1 }, { op: 'load' }), own);
    expect(given[1]).toMatchObject({ state: new Map([['w', { step: 1, square_avg: Float32Array.of(1) }]]) });
  });

  test('is skipped where nothing could be saved', async () => {
    const throws = (): never => {
      throw new RangeError('too large');
    };
    const { port: own } = port(undefined, { save: throws });
    expect(await interpret(scenario({ op: 'save' }, { op: 'load' }), own)).toEqual([
      {},
      { error: { type: 'RangeError', message: 'too large' } },
      { skipped: true },
    ]);
  });
});

describe('save', () => {
  test('observes groups and state in the order of the scenario, a step as a number, and no option beside those of the formula', async () => {
    const saved = {
      groups: [{ params: ['w', 'b'], options: { foreach: null, lr: 0.1, alpha: 0.9, eps: 0.5, centered: true } }],
      state: new Map<string, object>([
        ['b', { step: { dtype: 'float32', shape: [], data: Float32Array.of(3) }, square_avg: [2] }],
        ['w', { square_avg: Float64Array.of(1), step: 3 }],
      ]),
    };
    expect(await savedBy(saved)).toEqual({
      $dict: [
        [
          'groups',
          [
            {
              $dict: [
                ['params', ['w', 'b']],
                ...[
                  ['lr', 0.1],
                  ['alpha', 0.9],
                  ['eps', 0.5],
                  ['weight_decay', 0],
                  ['momentum', 0],
                  ['centered', true],
                  ['maximize', false],
                ],
              ],
            },
          ],
        ],
        [
          'state',
          {
            $dict: [
              [
                'w',
                {
                  $dict: [
                    ['square_avg', { $tensor: { dtype: 'float64', shape: [1], bits: '3ff0000000000000' } }],
                    ['step', 3],
                  ],
                },
              ],
              [
                'b',
                {
                  $dict: [
                    ['step', 3],
                    ['square_avg', { $tensor: buffer(TWO) }],
                  ],
                },
              ],
            ],
          },
        ],
      ],
    });
  });

  test('leaves out an option that the port has to have and does not give, and takes one that it fixes', async () => {
    const value = await savedBy({ groups: [{ params: [], options: { lr: 0.1 } }], state: new Map() });
    const text = JSON.stringify(value);
    expect(text).toContain('["lr",0.1],["eps",0.5]');
    expect(text).not.toContain('alpha');
  });

  const group = { params: ['w'], options: {} };
  test.each<[unknown, string]>([
    [undefined, 'save: expected { groups, state } with groups [{ params, options }]'],
    [{ groups: [{ params: 'w', options: {} }] }, 'save: expected { groups, state } with groups [{ params, options }]'],
    [{ groups: [null] }, 'save: expected { groups, state } with groups [{ params, options }]'],
    [
      { groups: [group], state: {} },
      'save: expected state to be a Map from tensor to its buffers, got an object of Object',
    ],
    [{ groups: [group], state: new Map([['v', {}]]) }, 'save: expected tensors of the port, got v'],
    [{ groups: [{ ...group, params: [5] }], state: new Map() }, 'save: expected tensors of the port, got 5'],
    [
      { groups: [{ ...group, options: { lr: '0.1' } }], state: new Map() },
      'save: lr: expected a number or a boolean, got 0.1',
    ],
    [
      { groups: [group], state: new Map([['w', { square_avg: 'x' }]]) },
      'save: state(w).square_avg: expected a Float32Array, a Float64Array or an array of numbers, got x',
    ],
    [{ groups: [group], state: new Map([['w', 5]]) }, 'save: state(w): expected an object or undefined, got 5'],
  ])('refuses %j', async (saved, message) => {
    await expect(savedBy(saved)).rejects.toThrow(new AdapterError(message));
  });
});

test.each(['load', 'save'] as const)('a port that claims to resume and has no %s breaks', async (name) => {
  const { port: own } = port(undefined, { [name]: undefined });
  const op: Op = name === 'load' ? { op: 'load', value: FILE } : { op: 'save' };
  await expect(interpret(scenario(op), own)).rejects.toThrow(
    new AdapterError(`the port claims resume but has no member ${name}`),
  );
});

describe('a port with objects', () => {
  const target = { version: '2.15.0', arithmetic: 'separate' } as const;
  const program: readonly Op[] = [
    { op: 'train', gradients: 'g', steps: 1 },
    { op: 'save' },
    { op: 'load', value: FILE },
    { op: 'save' },
    { op: 'train', gradients: 'g', steps: 1, after: 1 },
    { op: 'load' },
    { op: 'save', as: 'last' },
  ];
  const observed = async (own: object): Promise<readonly Observation[]> =>
    interpret(scenario(...program), { ...portOf(RMSprop, target), ...own } as Port);

  test('is asked through its state_dict and load_state_dict, where it has no members of its own', async () => {
    const observations = await observed({});
    const [, , once, , loaded, , , last] = observations;
    const lr = (value: Value | undefined): string => /"lr",([\d.]+)/.exec(JSON.stringify(value))![1]!;
    expect([lr(once!.value), lr(loaded!.value)]).toEqual(['0.01', '0.1']);
    const state = (value: Value | undefined): string => /\["state",.*/.exec(JSON.stringify(value))![0];
    // 0.1 in float32, and nothing for the tensor that the file knows nothing of.
    expect(state(loaded!.value)).toBe(
      '["state",{"$dict":[["w",{"$dict":[["step",3],["square_avg",{"$tensor":{"dtype":"float32","shape":[1],"bits":"3dcccccd"}}]]}]]}]]}',
    );
    expect(last!.value).toEqual(loaded!.value);
  });

  test('is asked by its own members where it has them', async () => {
    const throws = (): never => {
      throw new RangeError('mine');
    };
    const observations = await observed({ load: throws, save: throws });
    const mine = { error: { type: 'RangeError', message: 'mine' } };
    expect(observations.slice(2, 5)).toEqual([mine, mine, mine]);
  });
});

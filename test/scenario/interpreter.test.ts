/**
 * What a port may answer as the state of a tensor; anything else is the adapter's fault, and no error of the port.
 */
import { describe, expect, test } from 'vitest';
import { AdapterError } from '../../src/scenario/adapter-error.ts';
import { interpret } from '../../src/scenario/interpreter.ts';
import type { Port } from '../../src/scenario/port.ts';
import type { Observation, Scenario } from '../../src/scenario/types.ts';

const scenario: Scenario = {
  id: 'step/a/b',
  tensors: { w: { dtype: 'float32', shape: [1], bits: '3f800000', parameter: true } },
  gradients: {},
  program: [{ op: 'optimizer', params: ['$w'], options: {} }, { op: 'state' }],
};

async function observed(state: unknown): Promise<Observation> {
  const port = {
    ...{ name: 'mine', supports: ['numbers', 'float32', 'state'] },
    ...{ tensor: () => ({}), read: () => [1], setGrad() {}, optimizer: () => ({}), step() {} },
    state: () => state,
  } as unknown as Port;
  return (await interpret(scenario, port))[1]!;
}

const tensor = { dtype: 'float32', shape: [1], data: Float32Array.of(2) };

test.each([
  [undefined, []],
  [{ step: 1 }, [['step', 1]]],
  [{ square_avg: [2] }, [['square_avg', { $tensor: { dtype: 'float32', shape: [1], bits: '40000000' } }]]],
  [{ square_avg: tensor }, [['square_avg', { $tensor: { dtype: 'float32', shape: [1], bits: '40000000' } }]]],
])('%j is observed', async (state, entries) => {
  const $dict = state === undefined ? [] : [['w', { $dict: entries }]];
  expect(await observed(state)).toEqual({ value: { $dict } });
});

const ELEMENTS = 'expected a Float32Array, a Float64Array or an array of numbers, got';
const TENSOR = 'expected a tensor { dtype, shape, data } whose data are of its dtype';

test.each([
  [null, 'state(w): expected an object or undefined, got null'],
  ['none', 'state(w): expected an object or undefined, got none'],
  [{ square_avg: null }, `state(w).square_avg: ${ELEMENTS} null`],
  [{ square_avg: '0.5' }, `state(w).square_avg: ${ELEMENTS} 0.5`],
  [{ square_avg: ['0.5'] }, `state(w).square_avg: ${ELEMENTS} an object of Array`],
  [{ square_avg: { ...tensor, dtype: 'float64' } }, `state(w).square_avg: ${TENSOR}`],
  [{ square_avg: { ...tensor, dtype: 'float8_e4m3fn' } }, `state(w).square_avg: ${TENSOR}`],
  [{ square_avg: { ...tensor, shape: 1 } }, `state(w).square_avg: ${TENSOR}`],
  [{ square_avg: { dtype: 'float32', shape: [1] } }, `state(w).square_avg: ${TENSOR}`],
])('%j breaks the adapter, with the place', async (state, message) => {
  await expect(observed(state)).rejects.toThrow(new AdapterError(message));
});

describe('fill', () => {
  const program: Scenario['program'] = [
    { op: 'optimizer', params: ['$w'], options: {} },
    { op: 'fill', tensor: 'w', value: 0.25 },
    { op: 'read', tensors: ['w'] },
  ];
  const run = (fill: Port['fill']): Promise<readonly Observation[]> => {
    const w = { data: [1] };
    const port = {
      ...{ name: 'mine', supports: ['numbers', 'float32', 'fill'], tensor: () => w, read: () => w.data },
      ...{ setGrad() {}, optimizer: () => ({}), step() {}, ...(fill ? { fill } : {}) },
    } as unknown as Port;
    return interpret({ ...scenario, program }, port);
  };

  test('fills the tensor that the port made, and observes nothing', async () => {
    const observations = await run((tensor, value) => void ((tensor as { data: number[] }).data = [value]));
    expect(observations[1]).toEqual({});
    expect(JSON.stringify(observations[2])).toContain('"bits":"3e800000"');
  });

  test('needs a port that has it', async () => {
    await expect(run(undefined)).rejects.toThrow(/fill/);
  });
});

import { expect, test } from 'vitest';
import { checkScenario } from '../../src/scenario/check.ts';
import type { Op, PlainCheckpoint, Scenario, TensorSpec } from '../../src/scenario/types.ts';

function problemOf(spec: Partial<TensorSpec>, ...program: readonly Op[]): object | undefined {
  const i: TensorSpec = { dtype: 'int64', shape: [1], bits: '0000000000000003', ...spec };
  const scenario: Scenario = { id: 'errors/int64/example', tensors: { i }, gradients: {}, program };
  return checkScenario(scenario);
}

test('a scenario of integers passes', () => {
  expect(problemOf({}, { op: 'grad', tensor: 'i', bits: 'ffffffffffffffff' })).toBeUndefined();
});

test.each([
  [{ parameter: true }, '/tensors/i', 'a tensor of int64 cannot require grad'],
  [{ leaf: false }, '/tensors/i', 'a tensor of int64 cannot require grad'],
  [{ bits: '00000003' }, '/tensors/i/bits', 'element 0: expected 16 hex digits of int64, got 00000003'],
  [
    { bits: '7fffffffffffffff' },
    '/tensors/i/bits',
    'element 0: expected an integer of at most 2^53 in magnitude, got 9223372036854775807',
  ],
])('integers with %j do not', (spec, place, message) => {
  expect(problemOf(spec)).toEqual({ place, message });
});

test('a gradient of integers cannot be a result of autograd', () => {
  const op: Op = { op: 'grad', tensor: 'i', bits: 'ffffffffffffffff', recorded: true };
  expect(problemOf({}, op)).toEqual({ place: '/program/0', message: 'a tensor of int64 cannot require grad' });
});

const square_avg = { dtype: 'float64', shape: [2], bits: '3ff0000000000000 3ff0000000000000' } as const;
const made: Op = { op: 'optimizer', params: ['$w'], options: {} };

function loading(value: PlainCheckpoint): object | undefined {
  const w: TensorSpec = { dtype: 'float32', shape: [2], bits: '3f800000 3f800000', parameter: true };
  const program: readonly Op[] = [made, { op: 'load', value }];
  return checkScenario({ id: 'resume/a/b', tensors: { w }, gradients: {}, program });
}

test('a checkpoint may be of another element type than its tensor', () => {
  expect(loading({ groups: [{ params: ['w'], options: {} }], state: { w: { step: 3, square_avg } } })).toBeUndefined();
});

test.each<[PlainCheckpoint, string]>([
  [{ groups: [{ params: ['v'], options: {} }], state: {} }, 'there is no tensor v'],
  [{ groups: [], state: { v: {} } }, 'there is no tensor v'],
  [{ groups: [], state: { w: {} } }, 'no group has the tensor w'],
  [
    { groups: [{ params: ['w'], options: {} }], state: { w: { square_avg: { ...square_avg, shape: [1, 2] } } } },
    'square_avg of w: expected the shape [2], got [1, 2]',
  ],
  [
    { groups: [{ params: ['w'], options: {} }], state: { w: { square_avg: { ...square_avg, dtype: 'float32' } } } },
    'square_avg of w: element 0: expected 8 hex digits of float32, got 3ff0000000000000',
  ],
])('the checkpoint %j is refused', (value, message) => {
  expect(loading(value)).toEqual({ place: '/program/1', message });
});

test('a checkpoint is not loaded before there is one', () => {
  const program: readonly Op[] = [made, { op: 'load' }];
  const scenario: Scenario = { id: 'resume/a/b', tensors: { w: { ...square_avg } }, gradients: {}, program };
  expect(checkScenario(scenario)).toEqual({ place: '/program/1', message: 'there is no object checkpoint yet' });
});

test('going back takes gradients of the shapes of the tensors', () => {
  const back = (from: Record<string, string | null>): object | undefined => problemOf({}, { op: 'backward', from });
  expect(back({ i: null })).toBeUndefined();
  expect(back({ i: '0000000000000001' })).toBeUndefined();
  expect(back({ j: null })).toEqual({ place: '/program/0', message: 'there is no tensor j' });
  expect(back({ i: '0000000000000001 0000000000000001' })).toEqual({
    place: '/program/0',
    message: 'gradient of i: expected 1 elements of shape [1], got 2',
  });
});

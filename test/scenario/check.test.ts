import { expect, test } from 'vitest';
import { checkScenario } from '../../src/scenario/check.ts';
import type { Op, Scenario, TensorSpec } from '../../src/scenario/types.ts';

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

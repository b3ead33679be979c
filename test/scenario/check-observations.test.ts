import { expect, it } from 'vitest';
import { checkObservations } from '../../src/scenario/check-observations.ts';
import type { Observation, Scenario } from '../../src/scenario/types.ts';

const scenario: Scenario = {
  id: 'a/b',
  tensors: { w: { dtype: 'float32', shape: [2], bits: '3f800000 3f800000' } },
  gradients: { g: [{ w: '3f800000 3f800000' }, { w: null }, { w: null }] },
  program: [
    { op: 'optimizer', params: ['$w'], options: {} },
    { op: 'train', gradients: 'g', steps: 2 },
    { op: 'train', gradients: 'g', steps: 1, after: 2, params_at: [3] },
    { op: 'read', tensors: ['w'] },
  ],
};
const step = { w: '3f800000 3f800000' };
const tensor = (bits: string): Observation => ({
  value: { $dict: [['w', { $tensor: { dtype: 'float32', shape: [2], bits } }]] },
});
const right: readonly Observation[] = [{}, { steps: [step, step] }, { steps: [step] }, tensor('3f800000 3f800000')];

it('finds nothing wrong with what was asked for, nor with doubles, errors and what was skipped', () => {
  const doubles = { w: '3ff0000000000000 3ff0000000000000' };
  const error = { type: 'Error', message: 'no' };
  expect(checkObservations(scenario, right)).toBeUndefined();
  expect(checkObservations(scenario, right.with(1, { steps: [doubles, doubles] }))).toBeUndefined();
  expect(checkObservations(scenario, right.with(1, { steps: [step], error }))).toBeUndefined();
  expect(
    checkObservations(scenario, [{ error }, ...right.slice(1).map(() => ({ skipped: true }) as const)]),
  ).toBeUndefined();
});

it.each([
  [right.slice(1), 'expected 4 observations, one an operation, got 3'],
  [right.with(1, { steps: [step] }), 'operation 1 (train): expected 2 steps, or an error, got 1'],
  [right.with(1, {}), 'operation 1 (train): expected 2 steps, or an error, got 0'],
  [
    right.with(1, { steps: [step, { w: '3f800000' }] }),
    'operation 1 (train): step 2, w: expected 2 elements of shape [2], got 1',
  ],
  [right.with(2, { steps: [{ w: '' }] }), 'operation 2 (train): step 3, w: expected 2 elements of shape [2], got 0'],
  [right.with(2, { steps: [{ v: '' }] }), 'operation 2 (train): step 3: there is no tensor v'],
  [right.with(2, { steps: [{ w: '1 2' }] }), 'operation 2 (train): step 3, w: expected 8 hex digits of float32, got 1'],
  [right.with(3, tensor('3f800000')), 'operation 3 (read): w: expected 2 elements of shape [2], got 1'],
])('finds what is wrong: %#', (observations, problem) => {
  expect(checkObservations(scenario, observations)).toBe(problem);
});

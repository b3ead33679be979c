import { expect, test } from 'vitest';
import type { Difference } from '../../src/conformance/difference.ts';
import { isVisible, trajectoryOf } from '../../src/conformance/trajectory.ts';
import type { Observation, Scenario, TrainOp } from '../../src/scenario/types.ts';
import { toBits } from '../../src/tensor/bits.ts';

const bits = (...elements: number[]): string => toBits(Float32Array.from(elements));
const steps = (...values: number[]): Observation => ({ steps: values.map((x) => ({ w: bits(0, x) })) });
const train = (count: number, more: Partial<TrainOp> = {}): TrainOp => ({
  ...{ op: 'train', gradients: 'g', steps: count },
  ...more,
});
const scenario = (...program: TrainOp[]): Scenario => ({
  ...{ id: 'a/b/c', gradients: {}, program },
  tensors: { w: { dtype: 'float32', shape: [1, 2], bits: bits(0, 1) } },
});
const at: Difference = {
  ...{ op: 0, operation: 'train', facet: 'numbers', where: 'step 1, w[0, 1]', tensor: 'w', element: [0, 1] },
  ...{ expected: '1', actual: '2' },
};

test('an element is followed through all trainings of a program, with its distance in ulp', () => {
  const program = scenario(train(2), train(2, { after: 2, params_at: [4] }));
  const course = trajectoryOf(program, [steps(1, 2), steps(3)], [steps(1, 4), steps(NaN)], at);
  expect(course).toEqual({
    ...{ id: 'a/b/c', tensor: 'w', element: [0, 1], dtype: 'float32' },
    points: [
      { step: 1, expected: 1, actual: 1, ulps: '0' },
      { step: 2, expected: 2, actual: 4, ulps: String(2 ** 23) },
      { step: 4, expected: 3, actual: NaN },
    ],
  });
});

test('a long course is thinned, to its last step', () => {
  const values = Array.from({ length: 1001 }, (_, i) => i);
  const course = trajectoryOf(scenario(train(1001)), [steps(...values)], [steps(...values.map((x) => x + 1))], at)!;
  expect(course.points.length).toBeLessThanOrEqual(200);
  expect(course.points.at(-1)).toMatchObject({ step: 1001, expected: 1000, actual: 1001 });
});

test('there is none of another value, of one step, or where nothing differs', () => {
  const of = (difference: Difference, ...values: number[]) =>
    trajectoryOf(scenario(train(values.length)), [steps(...values)], [steps(...values.map((x) => x * 2))], difference);
  const { tensor: _, ...nowhere } = at;
  expect(of(nowhere, 1, 2)).toBeUndefined();
  expect(of(at, 1)).toBeUndefined();
  expect(of(at, 0, 0)).toBeUndefined();
  expect(of(at, 1, 2)).toBeDefined();
});

test('a course is visible where its sides lie apart in the picture', () => {
  const of = (apart: number): boolean =>
    isVisible(trajectoryOf(scenario(train(2)), [steps(0, 1)], [steps(0, 1 + apart)], at)!);
  expect([of(0.001), of(0.1)]).toEqual([false, true]);
});

/**
 * Whether a train operation notices that a step changed the gradients it was given (clause RMS-11).
 */
import { expect, test } from 'vitest';
import { interpret } from '../../src/scenario/interpreter.ts';
import type { Port } from '../../src/scenario/port.ts';
import type { Observation, Scenario } from '../../src/scenario/types.ts';
import type { Data } from '../../src/tensor/dtype.ts';

interface Tensor {
  grad: Data | null;
}

const [ONE, NAN] = ['3f800000', '7fc00000'];

const scenario: Scenario = {
  id: 'grads/given/one',
  tensors: {
    w: { dtype: 'float32', shape: [1], bits: ONE, parameter: true },
    b: { dtype: 'float32', shape: [1], bits: ONE, parameter: true },
  },
  gradients: { g: [{ w: ONE, b: NAN }, { w: ONE }, { b: null }] },
  program: [
    { op: 'optimizer', params: ['$w', '$b'], options: {} },
    { op: 'train', gradients: 'g', steps: 3 },
  ],
};

/** What a port observes of the training; its step is called with the tensors and the number of the step. */
async function trained(
  step: (tensors: readonly Tensor[], number: number) => void,
  rest: Partial<Port<Tensor, object>> = {},
): Promise<Observation> {
  const tensors: Tensor[] = [];
  let number = 0;
  const port: Port<Tensor, object> = {
    ...{ name: 'mine', supports: ['numbers', 'float32', 'none-gradients'] },
    tensor: () => tensors[tensors.push({ grad: null }) - 1]!,
    read: () => [1],
    setGrad: (tensor, grad) => void (tensor.grad = grad),
    optimizer: () => ({}),
    step: () => step(tensors, ++number),
    ...rest,
  };
  return (await interpret(scenario, port as Port))[1]!;
}

test('a port that leaves its gradients alone changes none, be they NaN', async () => {
  expect(await trained(() => {})).not.toHaveProperty('gradients_changed');
});

test('an array that was handed over and written is found, in whatever step', async () => {
  const negating =
    (which: number, when: number) =>
    (tensors: readonly Tensor[], number: number): void => {
      if (number === when) tensors[which]!.grad![0]! *= -2;
    };
  expect(await trained(negating(0, 1))).toMatchObject({ gradients_changed: ['w'] });
  expect(await trained(negating(0, 3))).toMatchObject({ gradients_changed: ['w'] });
  expect(await trained((tensors) => tensors.forEach(({ grad }) => grad?.fill(-0)))).toMatchObject({
    gradients_changed: ['w', 'b'],
  });
});

test('a gradient that another step sets anew is no change', async () => {
  expect(await trained(([w]) => void (w!.grad = null))).not.toHaveProperty('gradients_changed');
});

test('a member grad reads back what was set, elements or null', async () => {
  expect(await trained(() => {}, { grad: ({ grad }) => grad })).not.toHaveProperty('gradients_changed');
  const copies: Partial<Port<Tensor, object>> = {
    setGrad: (tensor, grad) => void (tensor.grad = grad && grad.slice()),
    grad: ({ grad }) => grad && [...grad],
  };
  const decaying = ([w]: readonly Tensor[]): void => void (w!.grad![0]! += 0.1);
  expect(await trained(decaying, copies)).toMatchObject({ gradients_changed: ['w'] });
  expect(await trained(([w]) => void (w!.grad = null), copies)).toMatchObject({ gradients_changed: ['w'] });
});

test('anything else that grad answers is the fault of the adapter', async () => {
  await expect(trained(() => {}, { grad: () => 'none' as never })).rejects.toThrow(
    'grad(w): expected a Float32Array, a Float64Array or an array of numbers, got none',
  );
});

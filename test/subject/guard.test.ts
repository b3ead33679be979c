import { expect, test } from 'vitest';
import { AdapterError } from '../../src/scenario/adapter-error.ts';
import type { Port, TensorData } from '../../src/scenario/port.ts';
import { guarded } from '../../src/subject/guard.ts';
import { resuming } from '../fixtures/ports/resuming.ts';

const data: TensorData = {
  ...{ name: 'w', dtype: 'float32', shape: [2], parameter: true, leaf: true },
  data: Float32Array.of(1, 2),
};

test.each<[entry: unknown, message: string]>([
  [new Float32Array(3), 'save: state(w).square_avg: expected 2 elements of shape [2], got 3'],
  [
    { dtype: 'float32', shape: [3], data: new Float32Array(2) },
    'save: state: square_avg: expected 3 elements of shape [3], got 2',
  ],
])('a checkpoint with the buffer %j is a fault of the adapter', async (square_avg, message) => {
  const save: Port['save'] = () => ({ groups: [], state: new Map([[tensor, { square_avg } as never]]) });
  const port = guarded({ ...(resuming() as unknown as Port), save });
  const tensor = await port.tensor(data);
  expect(() => port.save!(undefined)).toThrow(new AdapterError(message));
});

test('a checkpoint of the right lengths passes', async () => {
  const port = guarded(resuming() as unknown as Port);
  const tensor = await port.tensor(data);
  const optimizer = await port.optimizer([{ params: [tensor], options: {} }], {});
  await port.setGrad(tensor, Float32Array.of(1, 1));
  await port.step(optimizer);
  expect([...(await port.save!(optimizer)).state.keys()]).toEqual([tensor]);
});

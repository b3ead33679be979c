/**
 * Which path a step takes where `foreach` is None (clause RMS-12). Devices are labels here, so no GPU is needed.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Device, RMSprop, setWarningSink, Tensor } from '../../src/index.ts';

// That a tensor stands in its group twice is warned of.
beforeAll(() => void setWarningSink(() => {}));

/** What a step makes of a tensor that stands in its group twice, which differs from path to path. */
function stepped(device: Device, foreach: boolean | null, differentiable = false): number {
  const w = new Tensor({ dtype: 'float64', shape: [], device, data: Float64Array.of(1) });
  const optimizer = new RMSprop([w, w], { foreach, differentiable });
  w.grad = new Tensor({ dtype: 'float64', shape: [], device, data: Float64Array.of(1) });
  optimizer.step();
  return w.item();
}

describe('foreach null', () => {
  test('is the foreach path on a device that has foreach kernels', () => {
    expect(stepped('cuda:0', null)).toBe(stepped('cuda:0', true));
    expect(stepped('cuda:0', null)).not.toBe(stepped('cuda:0', false));
  });

  test('is the for-loop path on the CPU', () => {
    expect(stepped('cpu', null)).toBe(stepped('cpu', false));
    expect(stepped('cpu', null)).not.toBe(stepped('cpu', true));
  });

  test('is the for-loop path on any device with differentiable, which the foreach path refuses', () => {
    expect(stepped('cuda:0', null, true)).toBe(stepped('cuda:0', false, true));
    expect(() => stepped('cuda:0', true, true)).toThrow("_foreach ops don't support autograd");
  });
});

import { expect, test, vi } from 'vitest';
import { KernelMemory, SCRATCH_PART } from '../../src/fast/memory.ts';
import { zeros_like } from '../../src/tensor/creation.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

test('hands out zeros of the dtype, aligned and apart', () => {
  const memory = new KernelMemory();
  const [a, b, c] = [memory.allocate('float32', 3), memory.allocate('float64', 2), memory.allocate('float32', 0)];
  expect([a, b, c].map((data) => [data.constructor.name, data.length])).toEqual([
    ...[
      ['Float32Array', 3],
      ['Float64Array', 2],
      ['Float32Array', 0],
    ],
  ]);
  expect([a, b, c].every((data) => data.byteOffset % 64 === 0 && memory.has(data))).toBe(true);
  expect(new Set([a, b, c].map((data) => data.byteOffset)).size).toBe(3);
  expect(memory.has(new Float32Array(1))).toBe(false);
});

test('what was released is handed out again, as zeros, and neighbours become one stretch', () => {
  const memory = new KernelMemory();
  const [a, b, c] = [1, 2, 3].map(() => memory.allocate('float32', 16)) as [Float32Array, Float32Array, Float32Array];
  a.fill(7);
  for (const data of [a, c, b]) memory.release(data);
  const whole = memory.allocate('float32', 48);
  expect(whole.byteOffset).toBe(a.byteOffset);
  expect(whole.every((x) => x === 0)).toBe(true);
});

test('grows without moving what lies in it', () => {
  const memory = new KernelMemory();
  const before = memory.allocate('float32', 4).fill(5);
  const large = memory.allocate('float64', 1_000_000);
  expect(large.length).toBe(1_000_000);
  expect([...before]).toEqual([5, 5, 5, 5]);
  expect(memory.has(before) && memory.has(large)).toBe(true);
});

test('10,000 rounds of allocating and releasing leave no more than one', () => {
  const memory = new KernelMemory();
  const size = (): number => memory.memory.buffer.byteLength;
  const round = (): void =>
    [100, 7, 4000].map((n) => memory.allocate('float32', n)).forEach((data) => memory.release(data));
  round();
  const after = size();
  for (let i = 0; i < 10_000; i++) round();
  expect(size()).toBe(after);
});

test('what was not handed out, or was taken back already, is refused', () => {
  const memory = new KernelMemory();
  const a = memory.allocate('float32', 4);
  memory.release(a);
  expect(() => memory.release(a)).toThrow(new RangeError('release: expected elements that were not released before'));
  const refusal = new RangeError('release: expected elements that were allocated here');
  expect(() => memory.release(new Float32Array(1))).toThrow(refusal);
  const scratch = new Float32Array(memory.memory.buffer, SCRATCH_PART, 4);
  expect(() => memory.release(scratch)).toThrow(refusal);
});

test('what the memory has no room for is refused', () => {
  expect(() => new KernelMemory().allocate('float64', 2 ** 30)).toThrow(RangeError);
});

test('state of what lies there lies there too, or elsewhere where there is no room', () => {
  const memory = new KernelMemory();
  const p = new Tensor({ dtype: 'float32', shape: [4], data: memory.allocate('float32', 4) });
  expect(memory.has(zeros_like(p).storage)).toBe(true);
  vi.spyOn(memory, 'allocate').mockImplementation(() => {
    throw new RangeError('no room');
  });
  const elsewhere = zeros_like(p).storage;
  expect([memory.has(elsewhere), ...elsewhere]).toEqual([false, 0, 0, 0, 0]);
});

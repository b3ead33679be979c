/**
 * The fast path beside the literal one, which the golden files hold: the same bits in every element of parameters and state, or
 * the literal path itself.
 */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Parameter, RMSprop, type RMSpropOptions, setWarningSink, Tensor } from '../../src/index.ts';
import { kernel } from '../../src/fast/kernel.ts';
import * as fast from '../../src/fast/one-pass.ts';
import { toBits } from '../../src/tensor/bits.ts';
import { allocate, type Data, dtypeInfo, type OpmathDType } from '../../src/tensor/dtype.ts';

beforeAll(() => void setWarningSink(() => {}));

type Where = 'its own array' | "the kernel's memory";

/** Numbers of all sizes, with what is special among them. */
function element(i: number, dtype: OpmathDType): number {
  const special = [0, -0, Infinity, -Infinity, NaN, 1e-45, -1e-40, 5e-324, 3e38, 1e-30, 1, -1];
  const x = i % 7 === 3 ? special[((i / 7) % special.length) | 0]! : Math.sin(i * 12.9898) * 10 ** ((i % 9) - 4);
  return dtypeInfo(dtype).round(x);
}

function data(dtype: OpmathDType, n: number, seed: number, where: Where): Data {
  const made = where === 'its own array' ? allocate(dtype, n) : kernel()!.memory.allocate(dtype, n);
  for (let i = 0; i < n; i++) made[i] = element(i * 3 + seed, dtype);
  return made;
}

/** Bits of the parameters and of all state after some steps, and how often each was written. */
function trained(
  path: 'fast' | 'literal',
  dtype: OpmathDType,
  sizes: readonly number[],
  options: RMSpropOptions,
  where: Where = 'its own array',
): unknown {
  const params = sizes.map((n, i) => new Parameter({ dtype, shape: [n], data: data(dtype, n, i, where) }));
  const optimizer = new RMSprop(params, options, { path });
  for (let step = 0; step < 4; step++) {
    params.forEach((p, i) => {
      p.grad = new Tensor({ dtype, shape: p.shape, data: data(dtype, sizes[i]!, 100 * step + i, where) });
    });
    optimizer.step();
  }
  return params.map((p) => [
    [toBits(p.elements()), p._version],
    ...Object.entries(optimizer.state.get(p)).map(([key, value]) => {
      const tensor = value as Tensor;
      return [key, toBits(tensor.elements()), tensor._version];
    }),
  ]);
}

const combinations: RMSpropOptions[] = [false, true].flatMap((centered) =>
  [0, 0.9].flatMap((momentum) =>
    [0, 0.1].flatMap((weight_decay) =>
      [false, true].map((maximize) => ({ centered, momentum, weight_decay, maximize })),
    ),
  ),
);

describe.each(['float32', 'float64'] as const)('in %s', (dtype) => {
  test.each(combinations)('%j: sizes 0 to 67', (options) => {
    const sizes = Array.from({ length: 68 }, (_, n) => n);
    expect(trained('fast', dtype, sizes, options)).toEqual(trained('literal', dtype, sizes, options));
  });

  test.each(combinations)("%j: in the kernel's memory", (options) => {
    const sizes = [1, 5, 64, 67];
    const there = trained('fast', dtype, sizes, options, "the kernel's memory");
    expect(there).toEqual(trained('literal', dtype, sizes, options));
  });

  test.each([0, 0.4, 0.5, 0.6, 1, 1.5])('alpha %d, where the interpolation takes its other form', (alpha) => {
    const options = { alpha, centered: true, momentum: 0.5, lr: 0.1, eps: 0 };
    expect(trained('fast', dtype, [31, 64, 3], options)).toEqual(trained('literal', dtype, [31, 64, 3], options));
  });

  test('arrays longer than what is copied at once', () => {
    const options = { centered: true, alpha: 0.25, weight_decay: 0.1 };
    const sizes = [70_001];
    expect(trained('fast', dtype, sizes, options)).toEqual(trained('literal', dtype, sizes, options));
  });
});

test('state lies where its parameter does', () => {
  const p = new Parameter({ dtype: 'float32', shape: [3], data: data('float32', 3, 0, "the kernel's memory") });
  p.grad = new Tensor({ dtype: 'float32', shape: [3], data: data('float32', 3, 1, "the kernel's memory") });
  const optimizer = new RMSprop([p], { momentum: 0.9, centered: true });
  optimizer.step();
  const { square_avg, momentum_buffer, grad_avg } = optimizer.state.get(p) as Record<string, Tensor>;
  for (const buffer of [square_avg, momentum_buffer, grad_avg])
    expect(kernel()!.memory.has(buffer!.storage)).toBe(true);
});

describe('which path a step takes', () => {
  const taken = vi.spyOn(fast, 'onePass');
  const w = (n = 4): Parameter => new Parameter({ dtype: 'float32', shape: [n], data: new Float32Array(n).fill(1) });

  /** Whether the fast path updated, for an optimizer over parameters with gradients. */
  function fastly(
    params: readonly Tensor[],
    options: RMSpropOptions = {},
    spoil?: (optimizer: RMSprop) => void,
  ): boolean {
    const optimizer = new RMSprop(params, options);
    for (const p of params)
      p.grad ??= new Tensor({
        dtype: p.dtype,
        shape: p.shape,
        strides: p.strides,
        data: allocate(p.dtype, p.storage.length),
      });
    optimizer.step();
    spoil?.(optimizer);
    taken.mockClear();
    try {
      optimizer.step();
    } catch {
      // Refused, as the literal path refuses.
    }
    return taken.mock.results[0]?.value === true;
  }

  test('the fast one for dense parameters and numbers', () => {
    expect(fastly([w()])).toBe(true);
    expect(fastly([w(), w(0)], { foreach: true, momentum: 0.9, centered: true })).toBe(true);
  });

  test.each<readonly [string, () => boolean]>([
    [
      'a parameter with gaps',
      () => fastly([new Parameter({ dtype: 'float32', shape: [2], strides: [2], data: new Float32Array(3) })]),
    ],
    ['a parameter twice', () => fastly([w(), w()].flatMap((p) => [p, p]))],
    [
      'two parameters over one array',
      () => {
        const data = new Float32Array(4);
        return fastly([1, 2].map(() => new Parameter({ dtype: 'float32', shape: [4], data })));
      },
    ],
    [
      'two parameters that overlap',
      () => {
        const whole = new Float32Array(6);
        return fastly(
          [0, 2].map((i) => new Parameter({ dtype: 'float32', shape: [4], data: whole.subarray(i, i + 4) })),
        );
      },
    ],
    [
      'a parameter on another device',
      () => fastly([new Parameter({ dtype: 'float32', shape: [1], device: 'cuda:0', data: new Float32Array(1) })]),
    ],
    [
      'lr a tensor',
      () => fastly([w()], { lr: new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(0.1) }) }),
    ],
    ['an option of another type', () => fastly([w()], { momentum: true as never })],
    ['a number that an operation refuses', () => fastly([w()], {}, (o) => (o.param_groups[0]!['lr'] = 1e300))],
    ['a flag of another type', () => fastly([w()], { centered: 1 as never })],
    ['foreach of another type', () => fastly([w()], { foreach: 1 as never })],
    [
      'differentiable',
      () => fastly([new Tensor({ dtype: 'float32', shape: [1], data: new Float32Array(1) })], { differentiable: true }),
    ],
    [
      'a buffer of another dtype',
      () => {
        const p = w();
        return fastly(
          [p],
          {},
          (o) =>
            (o.state.get(p)['square_avg'] = new Tensor({ dtype: 'float64', shape: [4], data: new Float64Array(4) })),
        );
      },
    ],
    [
      'a buffer of another shape',
      () => {
        const p = w();
        return fastly(
          [p],
          {},
          (o) =>
            (o.state.get(p)['square_avg'] = new Tensor({ dtype: 'float32', shape: [], data: new Float32Array(1) })),
        );
      },
    ],
    [
      'a step that is no number',
      () => {
        const p = w();
        return fastly(
          [p],
          {},
          (o) => (o.state.get(p)['step'] = new Tensor({ dtype: 'float32', shape: [1], data: new Float32Array(1) })),
        );
      },
    ],
  ])('the literal one for %s', (_, run) => {
    expect(run()).toBe(false);
  });

  test('the literal one where it is asked for, in other arithmetics and with operations of its own', () => {
    taken.mockClear();
    for (const faithful of [{ path: 'literal' }, { arithmetic: 'fused' }] as const) {
      const p = w();
      p.grad = new Tensor({ dtype: 'float32', shape: [4], data: new Float32Array(4) });
      new RMSprop([p], {}, faithful).step();
    }
    expect(taken).not.toHaveBeenCalled();
  });

  test('many parameters, some of them over parts of one array', () => {
    const whole = new Float32Array(4 * 40);
    const parts = Array.from(
      { length: 40 },
      (_, i) => new Parameter({ dtype: 'float32', shape: [4], data: whole.subarray(4 * i, 4 * i + 4) }),
    );
    expect(fastly(parts)).toBe(true);
    const overlapping = [...parts, new Parameter({ dtype: 'float32', shape: [4], data: whole.subarray(2, 6) })];
    expect(fastly(overlapping)).toBe(false);
  });
});

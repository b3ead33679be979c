/**
 * The loops in WebAssembly beside JavaScript's, which the golden files hold: the same bits in every element.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { quick_ieee, quick_separate } from '../../src/fast/operations.ts';
import type { Loop } from '../../src/tensor/arithmetic/loops.ts';
import { ieee } from '../../src/tensor/arithmetic/loops.ts';
import { separate } from '../../src/tensor/arithmetic/separate.ts';
import { toBits } from '../../src/tensor/bits.ts';
import { allocate, type Data, dtypeInfo, type OpmathDType, opmath_dtypes } from '../../src/tensor/dtype.ts';

const SIZES = [0, 1, 255, 256, 257, 2048, 2051, 4096, 4099, 10_000];

/** Numbers of all sizes, with what is special among them. */
function numbers(dtype: OpmathDType, n: number, seed: number): Data {
  const special = [0, -0, Infinity, -Infinity, NaN, 1e-45, -1e-40, 5e-324, 3e38, 1e-30, 1, -1];
  return allocate(dtype, n).map((_, i) =>
    (i + seed) % 7 === 3
      ? special[((i / 7) | 0) % special.length]!
      : Math.sin((i + seed) * 12.9898) * 10 ** ((i % 9) - 4),
  );
}

/** The bits that a loop in WebAssembly writes, and those of the loop in JavaScript. */
function both(quick: Loop, plain: Loop, dtype: OpmathDType, n: number, in_place: boolean, same: boolean): unknown[] {
  return [quick, plain].map((loop) => {
    const [a, b] = [numbers(dtype, n, 1), numbers(dtype, n, 2)];
    const c = same ? b : numbers(dtype, n, 3);
    const out = in_place ? a : allocate(dtype, n);
    loop(n, out, a, b, c, dtypeInfo(dtype).round(-0.1));
    return toBits(out);
  });
}

describe.each(opmath_dtypes)('in %s', (dtype) => {
  const [loops, plain] = [quick_separate.loops[dtype], separate.loops[dtype]];
  const pairs: [string, Loop, Loop][] = [
    ...(Object.keys(ieee) as (keyof typeof ieee)[]).map((name): [string, Loop, Loop] => [
      name,
      quick_ieee[name],
      ieee[name],
    ]),
    ...(['addcmul', 'addcdiv', 'add'] as const).map((name): [string, Loop, Loop] => [name, loops[name], plain[name]]),
  ];

  test.each(pairs)('%s', (_, quick, loop) => {
    for (const n of SIZES)
      for (const in_place of [false, true])
        for (const same of [false, true]) {
          const [found, expected] = both(quick, loop, dtype, n, in_place, same);
          expect(found, `${n} elements`).toEqual(expected);
        }
  });

  test.each([0, 0.01, 0.4, -0.4, 0.5, 0.6, 1, 1.5])('lerp by %d, also where blocks matter', (weight) => {
    for (const n of SIZES) {
      const [found, expected] = [loops, plain].map(({ lerp }) => {
        const [a, b] = [numbers(dtype, n, 1), numbers(dtype, n, 2)];
        lerp(n, a, a, b, dtypeInfo(dtype).round(weight), (i) => i % 3 === 0, weight);
        return toBits(a);
      });
      expect(found, `${n} elements`).toEqual(expected);
    }
  });

  test('a result that is an operand moved along by elements is written as in JavaScript, one after the other', () => {
    const [found, expected] = [quick_ieee, ieee].map(({ scale }) => {
      const data = numbers(dtype, 1001, 1);
      scale(1000, data.subarray(1), data.subarray(0, 1000), data, data, 0.5);
      return toBits(data);
    });
    expect(found).toEqual(expected);
  });
});

test('arrays of different types', () => {
  const [found, expected] = [quick_ieee, ieee].map(({ mul }) => {
    const [out, a, b] = [allocate('float64', 1000), numbers('float32', 1000, 1), numbers('float64', 1000, 2)];
    mul(1000, out, a, b, b, 0);
    return toBits(out);
  });
  expect(found).toEqual(expected);
});

describe('an engine without WebAssembly', () => {
  afterEach(() => {
    vi.doUnmock('../../src/fast/web-assembly.ts');
    vi.resetModules();
  });

  test('takes the loops of JavaScript', async () => {
    vi.resetModules();
    vi.doMock('../../src/fast/web-assembly.ts', () => ({ webAssembly: undefined }));
    const { quick_ieee: without } = await import('../../src/fast/operations.ts');
    const out = allocate('float32', 300);
    without.scale(
      300,
      out,
      out.map((_, i) => i),
      out,
      out,
      0.5,
    );
    expect([...out.subarray(297)]).toEqual([148.5, 149, 149.5]);
  });
});

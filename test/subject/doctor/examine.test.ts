import { expect, test } from 'vitest';
import type { Port } from '../../../src/scenario/port.ts';
import { examine } from '../../../src/subject/doctor/examine.ts';
import { portSubject } from '../../../src/subject/module.ts';
import right from '../../fixtures/ports/typed-arrays.ts';

type Any = Port<any, any>;

/** What is wrong with the port that is right, with some members of its adapter wrong: "MEND ..." or "LOOK ...". */
async function mended(wrong: (port: Any) => Partial<Any>): Promise<Readonly<Record<string, string>>> {
  const port = right as Any;
  const findings = await examine(portSubject({ ...port, ...wrong(port) } as Port));
  return Object.fromEntries(
    findings.flatMap(({ what, mend, look }) => {
      if (mend === undefined && look === undefined) return [];
      return [[what, mend === undefined ? `LOOK ${look}` : `MEND ${mend}`]];
    }),
  );
}

test('nothing is to be mended of an adapter that works', async () => {
  expect(await mended(() => ({}))).toEqual({});
  expect((await examine(portSubject(right as Port))).length).toBeGreaterThan(10);
});

test.each<[string, (port: Any) => Partial<Any>, string]>([
  [
    'every step moves the tensor',
    ({ step }) => {
      const stepped = new WeakSet();
      return { step: (optimizer) => (stepped.has(optimizer) ? undefined : (stepped.add(optimizer), step(optimizer))) };
    },
    'MEND the second step left the tensor as it was',
  ],
  [
    'the same program gives the same numbers again',
    ({ read }) => {
      let calls = 0;
      return { read: (tensor) => Float32Array.from(read(tensor) as Float32Array, (x) => x + (calls += 1)) };
    },
    'MEND it does not; optimizer() has to make a new optimizer',
  ],
  [
    'tensors do not share their elements or gradients',
    ({ tensor, setGrad }) => {
      let last: unknown;
      return { tensor: (data) => (last = tensor(data)), setGrad: (_, grad) => setGrad(last, grad) };
    },
    'MEND of two tensors with other gradients one does not move; one buffer serves both?',
  ],
  [
    'a step leaves the gradients as they are',
    ({ setGrad, step }) => {
      let given: Float32Array | null = null;
      return {
        setGrad: (tensor, grad) => ((given = grad as Float32Array | null), setGrad(tensor, grad)),
        step: async (optimizer) => (await step(optimizer), void given?.fill(0)),
      };
    },
    'LOOK it changes them, which fails in check',
  ],
  ['a tensor without dimensions can be trained', () => ({ read: () => [1, 2] }), 'MEND '],
  [
    'a gradient that is None leaves its tensor alone',
    ({ setGrad }) => ({ setGrad: (tensor, grad) => setGrad(tensor, grad ?? new Float32Array(6).fill(1)) }),
    'MEND it moved; setGrad(tensor, null) has to take the gradient away',
  ],
  ['setOption reaches the optimizer', () => ({ setOption: () => {} }), 'LOOK the next step is the same whatever lr is'],
  [
    'state gives the buffers of a tensor',
    () => ({ state: () => ({ v: [1, 2, 3, 4, 5, 6] }) }),
    "MEND its names are PyTorch's: expected square_avg, got v",
  ],
  ['state gives the buffers of a tensor', () => ({ state: () => undefined }), 'LOOK after a step there is none'],
  [
    'the option momentum has an effect',
    ({ optimizer }) => ({ optimizer: (groups, options) => optimizer(groups, { ...options, momentum: 0 }) }),
    'LOOK it has none; either optimizer() does not pass options.momentum on',
  ],
  [
    'tensors do not share their elements or gradients',
    ({ tensor }) => {
      const made = new Map<unknown, unknown>();
      return {
        tensor: (data) => {
          const key = String(data.data);
          if (!made.has(key) || data.name === 'w') made.set(key, tensor(data));
          return made.get(key);
        },
      };
    },
    'MEND of two tensors with other gradients both end up the same; one buffer serves both?',
  ],
  [
    'a gradient that is None leaves its tensor alone',
    ({ setGrad, optimizer }) => ({
      setGrad: (tensor, grad) => setGrad(tensor, grad ?? new Float32Array(6)),
      optimizer: (groups, options) => optimizer(groups, { weight_decay: 0.1, ...options }),
    }),
    'LOOK it moved as by a gradient of zeros',
  ],
])('%s, or else it is said what to mend', async (what, wrong, mend) => {
  expect((await mended(wrong))[what]?.slice(0, mend.length)).toBe(mend);
});

test('float64 tensors keep all their digits, or else it is said', async () => {
  const found = await mended(({ tensor }) => ({
    supports: [...right.supports, 'float64'],
    tensor: (data) => tensor({ ...data, data: Float32Array.from(data.data) }),
  }));
  expect(Object.keys(found)).toContain('float64 tensors keep all their digits');
});

test('what an examination throws is said', async () => {
  const found = await mended(() => ({
    optimizer: () => {
      throw new TypeError('no');
    },
  }));
  expect(found['every step moves the tensor']).toBe('MEND it throws TypeError: no');
});

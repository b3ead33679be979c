import { expect, test } from 'vitest';
import { COMBINATIONS, nameOf, SINGLES } from '../../../scripts/variants/list.ts';
import { portOf, SPELLINGS, textOf, type Truth } from '../../../scripts/variants/ports.ts';
import type { Port } from '../../../src/scenario/port.ts';
import { EXAMINATIONS } from '../../../src/subject/doctor/examinations.ts';
import { examine } from '../../../src/subject/doctor/examine.ts';
import { portSubject } from '../../../src/subject/module.ts';
import resuming from '../../fixtures/ports/resuming.ts';
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

/** Rules that nobody can tell from an adapter's fault by looking from outside: the doctor says to look. */
const OPEN = /=ignored|=into-gradient|^lr=|, lr=|state=none|fixed_momentum|always_centered/;

test.each(SPELLINGS)('in %s no wrong rule is taken for a fault of its adapter', async (spelling) => {
  const mends: string[] = [];
  const looks = new Set<string>();
  for (const truth of [{} as Truth, ...SINGLES, ...COMBINATIONS]) {
    const findings = await examine(portSubject(await portOf(textOf(spelling, truth)!)));
    mends.push(
      ...findings.flatMap(({ mend, what }) => (mend === undefined ? [] : [`${nameOf(truth)}: ${what}: ${mend}`])),
    );
    if (findings.some(({ look }) => look !== undefined)) looks.add(nameOf(truth));
  }
  expect(mends).toEqual([]);
  expect([...looks].filter((name) => !OPEN.test(name))).toEqual([]);
  expect(looks).toContain('momentum=ignored');
});

test('a rule that has no use for an entry of a checkpoint loses nothing by it', async () => {
  const port = resuming as unknown as Any;
  // The mean of squares is the last square: what was loaded of it has no effect.
  const forgetful = {
    ...port,
    supports: port.supports!.filter((need) => !['centered', 'momentum'].includes(need)),
    optimizer: (groups, options) => port.optimizer(groups, { ...options, alpha: 0 }),
    load: (optimizer, { groups, state }) =>
      port.load!(optimizer, {
        state,
        groups: groups.map((group) => ({ ...group, options: { ...group.options, alpha: 0 } })),
      }),
  } as Any;
  const findings = await examine(portSubject(forgetful as Port));
  expect(findings.filter(({ mend }) => mend !== undefined)).toEqual([]);
  expect(findings.map(({ what }) => what)).toContain('load and save keep what a training goes on from');
});

test('an option that is fixed is not examined', async () => {
  const fixed = { ...resuming, supports: [...resuming.supports!, 'momentum=0.9', 'lr=0.01'] } as unknown as Port;
  const names = (await examine(portSubject(fixed))).map(({ what }) => what);
  expect(names).not.toContain('the option momentum has an effect');
  expect(names).not.toContain('setOption reaches the optimizer');
  expect(EXAMINATIONS.length).toBeGreaterThan(names.length);
});

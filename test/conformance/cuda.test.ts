/**
 * The port against what PyTorch 2.11.0 computed on an H100: every bit, and the rules that only a GPU shows.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { count } from '../../src/conformance/verdicts.ts';
import type { Run } from '../../src/conformance/verdicts.ts';
import { variants } from '../../src/conformance/variants/index.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Golden } from '../../src/golden/types.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import type { Options, PortState, PortTensor } from '../../src/scenario/port.ts';
import { port, portOf } from '../../src/subject/port.ts';
import { portSource } from '../../src/subject/module.ts';
import type { SubjectSource } from '../../src/subject/subject.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

const REFERENCE = 'torch-2.11.0/cuda';
const TARGET = { version: '2.11.0', arithmetic: 'cuda' } as const;

let golden: Golden;

beforeAll(() => {
  golden = readGolden();
});

async function against(source: SubjectSource, options: { readonly exact?: true } = {}): Promise<Run> {
  return (await run(golden, source, { references: [REFERENCE], ...options })).runs[0]!;
}

function differing({ cases }: Run): number {
  return cases.reduce((sum, { numbers }) => sum + (numbers?.differing ?? 0), 0);
}

describe('the port in the arithmetic of CUDA', () => {
  it('is exact in every case, and differs in no number of the many compared', async () => {
    const own = await against(port);
    expect(own.cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(count(own, 'exact')).toBe(golden.cases.filter(({ observed }) => observed.has(REFERENCE)).length);
    expect(own.cases.filter(({ numbers }) => !numbers || numbers.compared === 0)).toEqual([]);
    expect(own.cases.length).toBeGreaterThan(0);
    expect(differing(own)).toBe(0);
  });

  it.each(['separate', 'fused'] as const)('differs when it computes in %s in its place', async (arithmetic) => {
    const other = portSource(arithmetic, (target) => portOf(RMSprop, target, { arithmetic }));
    // What is not exact need not be told apart by bounds.
    const own = await against(other, { exact: true });
    expect(count(own, 'exact')).toBeLessThan(own.cases.length);
    expect(differing(own)).toBeGreaterThan(0);
  });
});

describe('the cases recorded on a GPU', () => {
  it.each(variants)('fail the variant $name wherever they say that they catch it', async ({ name, source }) => {
    const own = await against(source);
    const catching = golden.cases.filter(({ observed, catches }) => observed.has(REFERENCE) && catches.includes(name));
    const verdicts = new Map(own.cases.map(({ id, verdict }) => [id, verdict]));
    expect(catching.length).toBeGreaterThan(0);
    expect(catching.filter(({ id }) => verdicts.get(id) !== 'failed').map(({ id }) => id)).toEqual([]);
    expect(own.explanation?.name).toBe(name);
  });
});

describe('on a GPU', () => {
  const cuda = portOf(RMSprop, TARGET);
  const make = (name: string, x: number): Tensor =>
    cuda.tensor({ name, dtype: 'float32', shape: [], data: Float32Array.of(x), parameter: true, leaf: true }) as Tensor;

  /** Ten steps over one parameter: its value after each of them, and its state in the end. */
  async function train(options: Options<Tensor>, times = 1): Promise<{ path: number[]; state: PortState }> {
    const p = make('p', 1);
    const optimizer = await cuda.optimizer([{ params: Array<Tensor>(times).fill(p), options: {} }], options);
    const path: number[] = [];
    for (let step = 0; step < 10; step++) {
      await cuda.setGrad(p, Float32Array.of(0.3 + step));
      await cuda.step(optimizer);
      path.push(p.item());
    }
    return { path, state: (await cuda.state!(optimizer, p))! };
  }

  const place = ({ state }: { readonly state: PortState }, key: string): string | undefined =>
    (state[key] as PortTensor).device;

  it('step lives with the parameter if capturable, and else on the CPU; the buffers live with the parameter', async () => {
    const [capturable, plain] = [await train({ capturable: true }), await train({})];
    expect([place(capturable, 'step'), place(capturable, 'square_avg')]).toEqual(['cuda:0', 'cuda:0']);
    expect([place(plain, 'step'), place(plain, 'square_avg')]).toEqual([undefined, 'cuda:0']);
  });

  it('foreach=None takes the foreach path, which a parameter given twice shows', async () => {
    const [none, foreach, loop] = [
      await train({}, 2),
      await train({ foreach: true }, 2),
      await train({ foreach: false }, 2),
    ];
    expect(none.path).toEqual(foreach.path);
    expect(none.path).not.toEqual(loop.path);
  });

  it('foreach=None takes the foreach path with a tensor lr too', async () => {
    const options = { capturable: true, momentum: 0.9 };
    const by = (foreach: boolean | null): ReturnType<typeof train> =>
      train({ ...options, foreach, lr: make('lr', 0.01) });
    const [none, foreach, loop] = [await by(null), await by(true), await by(false)];
    expect(none.path).toEqual(foreach.path);
    expect(none.path).not.toEqual(loop.path);
  });
});

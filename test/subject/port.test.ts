/**
 * The port as a subject: exact in some cases of every file (in all of them, port.slow.test.ts), and what a GPU shows beside numbers.
 */
import { describe, expect, it } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import type { Options, PortState, PortTensor } from '../../src/scenario/port.ts';
import { port, portOf } from '../../src/subject/port.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

describe('some cases of every file', () => {
  const golden = readGolden();
  // A prime: what differs from case to case comes in threes and fours.
  const sampled = { ...golden, cases: golden.cases.filter((_, i) => i % 17 === 0) };

  it.each(Object.keys(golden.references.references))('are exact against %s', async (reference) => {
    const { runs } = await run(sampled, port, { references: [reference] });
    expect(runs[0]!.cases.filter(({ verdict }) => verdict !== 'exact')).toEqual([]);
    expect(runs[0]!.cases.length).toBeGreaterThan(0);
    expect(runs[0]!.cases.length).toBe(sampled.cases.filter(({ observed }) => observed.has(reference)).length);
  });
});

describe('on a GPU', () => {
  const cuda = portOf(RMSprop, { version: '2.11.0', arithmetic: 'cuda' });
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

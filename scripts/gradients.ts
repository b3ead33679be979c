/**
 * Times a step that is recorded, alone and with the way back, beside the literal step and PyTorch's, and says how the heap grows in a
 * training with autograd. Prints ratios; nothing depends on them.
 *
 *     npx tsx --expose-gc scripts/gradients.ts [--python PATH] [--elements 100000] [--rounds 5]
 *
 * In every round each contender takes the fastest of its steps, one after the other; what counts is the median of the rounds. The
 * steps are so many that the engine has compiled what it compiles. All have momentum and are centered, float32. A recorded step is cut
 * off from those before: else its history would grow.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { detach, matmul, mean, mul, relu, sum } from '../src/autograd.ts';
import { RMSprop } from '../src/optim/rmsprop.ts';
import { table } from '../src/report/table.ts';
import { Parameter, Tensor } from '../src/tensor/tensor.ts';

const { values } = parseArgs({
  options: {
    ...{ python: { type: 'string' }, elements: { type: 'string', default: '100000' } },
    rounds: { type: 'string', default: '5' },
  },
} as const);
const [elements, rounds] = [Number(values.elements), Number(values.rounds)];
const STEPS = 200;
const options = { lr: 1e-4, momentum: 0.9, centered: true };

const filled = (x: number, requires_grad = false): Tensor => {
  const data = Float32Array.from({ length: elements }, (_, i) => x + (i % 97) / 1000);
  return new Tensor({ dtype: 'float32', shape: [elements], data, requires_grad });
};

/** Seconds of the fastest of some calls. */
function fastest(step: () => void, before: () => void = () => {}): number {
  let best = Infinity;
  for (let i = 0; i < STEPS; i++) {
    before();
    const start = performance.now();
    step();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

function literal(): number {
  const w = filled(0.5);
  w.grad = filled(-0.05);
  const optimizer = new RMSprop([w], options, { path: 'literal' });
  return fastest(() => optimizer.step());
}

function recorded(back: boolean): number {
  const [w, gradient] = [filled(0.5), filled(-0.05, true)];
  const optimizer = new RMSprop([w], { ...options, differentiable: true });
  w.grad = gradient;
  const cut = (): void => {
    for (const tensor of [w, ...Object.values((optimizer.state.get(w) ?? {}) as Record<string, unknown>)]) {
      if (!(tensor instanceof Tensor)) continue;
      tensor.grad_fn = null;
      tensor.requires_grad = false;
    }
  };
  return fastest(() => {
    optimizer.step();
    if (back) sum(w).backward();
  }, cut);
}

/** Bytes of the heap after a collection, at steps of a training. */
function heap(...at: readonly number[]): number[] {
  const weight = new Parameter({ dtype: 'float32', shape: [8, 8], data: new Float32Array(64).fill(0.1) });
  const input = new Tensor({ dtype: 'float32', shape: [4, 8], data: new Float32Array(32).fill(0.5) });
  const optimizer = new RMSprop([weight], options);
  const found: number[] = [];
  for (let step = 1; step <= Math.max(...at); step++) {
    optimizer.step(() => {
      optimizer.zero_grad();
      const hidden = relu(matmul(input, weight));
      const loss = mean(mul(hidden, hidden));
      loss.backward();
      return detach(loss);
    });
    if (!at.includes(step)) continue;
    for (let i = 0; i < 3; i++) globalThis.gc?.();
    found.push(process.memoryUsage().heapUsed);
  }
  return found;
}

/** What PyTorch takes, in the order of its rows; undefined without a Python. */
function torch(): Record<string, number> | undefined {
  if (values.python === undefined) return undefined;
  const script = fileURLToPath(new URL('speed/torch_gradients.py', import.meta.url));
  const said = execFileSync(values.python, [script, String(elements), String(STEPS)], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  return JSON.parse(said) as Record<string, number>;
}

const measured: Record<string, number[]> = {};
for (let round = 0; round < rounds; round++) {
  const own = { literal: literal(), recorded: recorded(false), 'recorded, and back': recorded(true) };
  for (const [name, seconds] of Object.entries({ ...own, ...torch() })) (measured[name] ??= []).push(seconds);
}
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const base = median(measured['literal']!);
console.log(`${elements} elements`);
const rows = Object.entries(measured).map(([name, all]) => [
  name,
  (1000 * median(all)).toFixed(2),
  (median(all) / base).toFixed(2),
]);
for (const line of table([['step', 'ms', 'of the literal step'], ...rows])) console.log(line);
if (globalThis.gc === undefined) console.log('heap: not measured without --expose-gc');
else {
  // What the engine keeps of code that it compiles, over thousands of steps, is not counted: another training has gone before.
  heap(20_000);
  const [early, late] = heap(100, 1000) as [number, number];
  console.log(`heap at step 100 ${early} bytes, at step 1,000 ${late}: ${(late / early).toFixed(3)} of it`);
}

/**
 * What bounded ports do otherwise than PyTorch is named.
 */
import { describe, expect, test } from 'vitest';
import { departuresOf } from '../../src/conformance/departures.ts';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Port } from '../../src/scenario/port.ts';
import { portSubject } from '../../src/subject/module.ts';
import { doublePort } from '../fixtures/double-port.ts';
import { strangers } from '../fixtures/flawed-ports.ts';
import typedArrays from '../fixtures/ports/typed-arrays.ts';

const names = async (port: unknown): Promise<string[]> =>
  (await departuresOf(portSubject(port as Port))).map(({ name }) => name);

/** Computes in doubles, keeps its parameters and state in float32. */
const storing = ((): Port<{ data: Float32Array; v: Float32Array; g: Float32Array | null }, object> => {
  const tensors: { data: Float32Array; v: Float32Array; g: Float32Array | null }[] = [];
  let own = { lr: 0.01, alpha: 0.99, eps: 1e-8 };
  return {
    ...{ name: 'storing', supports: ['numbers', 'float32'] },
    tensor: ({ data }) =>
      tensors[tensors.push({ data: data as Float32Array, v: new Float32Array(data.length), g: null }) - 1]!,
    read: ({ data }) => data,
    setGrad: (tensor, grad) => void (tensor.g = grad as Float32Array),
    optimizer: (_, options) => (own = { ...own, ...options } as typeof own),
    step() {
      for (const { data, v, g } of tensors.slice(-1))
        data.forEach((x, i) => {
          const mean = own.alpha * v[i]! + (1 - own.alpha) * g![i]! * g![i]!;
          v[i] = mean;
          data[i] = x - (own.lr * g![i]!) / (Math.sqrt(mean) + own.eps);
        });
    },
  };
})();

describe('departuresOf', () => {
  test('names an alpha in float32 and a state in float64, and neither where it is not', async () => {
    expect(await names(typedArrays)).toEqual([]);
    expect(await names(storing)).toEqual([]);
    expect(await names(doublePort({ parameters: true, alpha: false }))).toEqual(['float64-state']);
    expect(await names(doublePort({ parameters: false, alpha: false }))).toEqual(['float64-state']);
    expect(await names(doublePort({ parameters: true, alpha: true }))).toEqual(['float32-alpha', 'float64-state']);
  });

  test('names nothing of ports that cannot be asked', async () => {
    expect(await names({ ...typedArrays, supports: ['numbers', 'float64'] })).toEqual([]);
    expect(await names({ ...typedArrays, read: () => 'nothing' })).toEqual([]);
    expect(await names({ ...typedArrays, step: () => Promise.reject(new Error('not today')) })).toEqual([]);
  });
});

test('a run with bounded cases says what it accepts, one without them does not ask', async () => {
  const golden = readGolden(undefined, (name) => name === 'step/flags-float32');
  const cases = golden.cases.filter(({ id }) => id.endsWith('/plain+foreach=false'));
  const accepted = async (port: unknown): Promise<unknown> => {
    const { runs } = await run({ ...golden, cases }, strangers(port as Port), {
      references: ['torch-2.13.0/separate'],
    });
    return runs[0]!.departures?.map(({ name }) => name);
  };
  expect(await accepted(doublePort({ parameters: true, alpha: true }))).toEqual(['float32-alpha', 'float64-state']);
  expect(await accepted(typedArrays)).toBeUndefined();
});

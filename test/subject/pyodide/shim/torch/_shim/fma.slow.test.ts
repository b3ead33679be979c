/**
 * The shim's fused multiply-add, and that of Pyodide's C library behind it, against the port's.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { Python } from '../../../../../../src/subject/pyodide/loader.ts';
import { modelText, shimWorld } from '../../../../../../src/subject/pyodide/world.ts';
import { elementBits, fromBits } from '../../../../../../src/tensor/bits.ts';
import type { DType } from '../../../../../../src/tensor/dtype.ts';
import { fma32, fma64 } from '../../../../../../src/tensor/fma.ts';

const SERVE = `
import json
import struct
from array import array

import torch
from torch._shim.fma import fma32, fma64

def begin():
    return json.dumps({'version': None})

def answer(text):
    dtype, *operands = json.loads(text)
    code = 'f' if dtype == 'float32' else 'd'
    fma = fma32 if dtype == 'float32' else fma64
    columns = [[struct.unpack(f'>{code}', bytes.fromhex(bits))[0] for bits in column.split(' ')] for column in operands]
    results = array(code, [fma(a, b, c) for a, b, c in zip(*columns)])
    return json.dumps(['nan' if x != x else struct.pack(f'>{code}', x).hex() for x in results])
`;

const { files } = shimWorld(new Map([['optim/__init__.py', modelText()]]));
const python = new Python({ files: new Map([...files, ['serve.py', SERVE]]) }, { timeout: 3600 });
afterAll(() => python.close());

const COUNT = 20_000;

/** Numbers of any bits, of like size, and those at the edges, seeded. */
function* numbers(dtype: DType): Generator<number> {
  let state = 0x9e3779b9;
  const word = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    return state >>> 0;
  };
  const digits = dtype === 'float32' ? 8 : 16;
  const hex = (): string =>
    (word().toString(16).padStart(8, '0') + word().toString(16).padStart(8, '0')).slice(0, digits);
  const [least, most] = dtype === 'float32' ? [2 ** -149, 2 ** 128 - 2 ** 104] : [2 ** -1074, Number.MAX_VALUE];
  const edges = [
    0,
    -0,
    Infinity,
    -Infinity,
    NaN,
    1,
    -1,
    least,
    -least,
    most,
    -most,
    Math.sqrt(least),
    -Math.sqrt(most),
  ];
  for (;;) {
    const kind = word() % 4;
    if (kind === 0) yield fromBits(dtype, hex())[0]!;
    else if (kind === 1) yield fromBits(dtype, elementBits(dtype, edges[word() % edges.length]!))[0]!;
    else
      yield fromBits(dtype, elementBits(dtype, ((word() / 2 ** 31 - 1) * (1 + (word() % 3))) / 2 ** (word() % 30)))[0]!;
  }
}

describe.each([
  ['float32', fma32],
  ['float64', fma64],
] as const)('fma in %s', (dtype, fma) => {
  test('rounds once, whatever its operands, and throws nothing', async () => {
    const source = numbers(dtype);
    const triples = Array.from({ length: COUNT }, () => [0, 1, 2].map(() => source.next().value as number));
    // Half of the products meet an addend that all but cancels them.
    triples.forEach((triple, i) => {
      const [a, b] = triple as [number, number];
      if (i % 2 === 0) triple[2] = fromBits(dtype, elementBits(dtype, -a * b))[0]!;
    });
    const columns = [0, 1, 2].map((k) => triples.map((triple) => elementBits(dtype, triple[k]!)).join(' '));
    const actual = (await python.ask([dtype, ...columns])) as string[];
    const expected = triples.map(([a, b, c]) => {
      const x = fma(a!, b!, c!);
      return Number.isNaN(x) ? 'nan' : elementBits(dtype, x);
    });
    const wrong = expected.findIndex((bits, i) => bits !== actual[i]);
    expect(wrong < 0 ? 'none' : [triples[wrong], expected[wrong], actual[wrong]]).toBe('none');
    expect(actual).toHaveLength(COUNT);
  });
});

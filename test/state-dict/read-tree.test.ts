import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { toValue } from '../../src/state-dict/to-value.ts';
import { writeTree } from '../../src/state-dict/write-tree.ts';
import { entryBytes, readEntries } from '../../src/state-dict/zip/read.ts';
import { writeZip } from '../../src/state-dict/zip/write.ts';
import { LIMITS } from '../../src/state-dict/limits.ts';
import { described, recorded } from './described.ts';
import { bytesOf, checkpoints, pathOf } from './fixtures.ts';

describe('readTree() of what real PyTorch wrote', () => {
  test('there are 35 recorded checkpoints', () => {
    expect(checkpoints('checkpoints')).toHaveLength(35);
  });

  test.each(checkpoints('checkpoints'))('%s holds what is written beside it, bit for bit', (path) => {
    const { value } = JSON.parse(readFileSync(pathOf(path.replace(/\.pt$/, '.json')), 'utf8')) as { value: unknown };
    expect(described(readTree(bytesOf(path)).root)).toEqual(recorded(value));
  });

  test("leaves Node's buffers as they are, whose slices are no copies", () => {
    const file = Buffer.from(bytesOf('checkpoints/cpu-torch2.13.0/plain.pt'));
    const askew = Buffer.concat([Buffer.of(0), file]).subarray(1);
    const tree = described(readTree(file).root);
    expect(described(readTree(askew).root)).toEqual(tree);
    toValue(readTree(askew).root);
    expect(askew.equals(file)).toBe(true);
  });

  test('reads what a big-endian machine wrote, and leaves it as it is', () => {
    const numbers = Float32Array.of(1, -2, 0.1);
    const turned = Uint8Array.from(new Uint8Array(numbers.buffer));
    for (let at = 0; at < turned.length; at += 4) turned.subarray(at, at + 4).reverse();
    const tensor = { kind: 'tensor', dtype: 'float32', shape: [3], strides: [1], offset: 0 } as const;
    const rest = { requires_grad: false, parameter: false, conj: false, neg: false };
    const file = writeTree({ ...tensor, ...rest, storage: { bytes: turned, device: 'cpu' } });
    const entries = readEntries(file, LIMITS);
    const records = [...entries.values()].map((entry) => ({ name: entry.name, bytes: entryBytes(file, entry) }));
    const text = new TextEncoder();
    const big = writeZip(
      records.map(({ name, bytes }) => ({ name, bytes: name.endsWith('byteorder') ? text.encode('big') : bytes })),
    );
    const before = big.slice();
    expect(toValue(readTree(big).root)).toMatchObject({ storage: numbers });
    expect(big).toEqual(before);
  });
});

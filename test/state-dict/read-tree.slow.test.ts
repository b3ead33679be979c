/**
 * Files that were changed at random: each is refused in order, or read, and soon. 200,000 of them, or RMSPROOF_MUTATIONS.
 */
import { getHeapStatistics } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CheckpointError } from '../../src/state-dict/checkpoint-error.ts';
import { treeToJSON } from '../../src/state-dict/json.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { toValue } from '../../src/state-dict/to-value.ts';
import { crc32 } from '../../src/state-dict/zip/crc32.ts';
import { LIMITS } from '../../src/state-dict/limits.ts';
import { entryBytes, readEntries } from '../../src/state-dict/zip/read.ts';
import { validateStateDict } from '../../src/validation/validate.ts';
import { bytesOf, checkpoints } from './fixtures.ts';
import { archive } from './hostile.ts';

const runs = Number(process.env['RMSPROOF_MUTATIONS'] ?? 200_000);

/** Milliseconds, and bytes of the heap and of buffers, that one file may cost. */
const [MOST_TIME, MOST_MEMORY] = [1000, 200 * 2 ** 20];

/** Small files of every kind: as they are, and their pickles, which lie under a CRC in an archive. */
const files = [...checkpoints('checkpoints'), ...checkpoints('foreign')]
  .map(bytesOf)
  .filter(({ length }) => length < 4000);
const pickles = files.flatMap((file) => {
  if (file[0] !== 0x50) return [];
  const entries = [...readEntries(file, LIMITS).values()];
  const all = entries.map((entry) => ({ name: entry.name, data: entryBytes(file, entry) }));
  return [
    {
      pickle: all.find(({ name }) => name.endsWith('/data.pkl'))!,
      others: all.filter(({ name }) => !name.endsWith('/data.pkl')),
    },
  ];
});

const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0, 0xff, 0x7f, 0x80, ...Buffer.from('(.02RQtsueab]})Kjqhr', 'latin1')),
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), byte }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), byte }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant('repeat' as const),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 200 }),
    times: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    at: fc.nat(),
    to: fc.nat(),
    length: fc.integer({ min: 1, max: 60 }),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Uint8Array, one: Change): Uint8Array {
  const at = bytes.length === 0 ? 0 : one.at % bytes.length;
  const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (one.kind) {
    case 'set': {
      const made = Uint8Array.from(bytes);
      made[at] = one.byte;
      return made;
    }
    case 'insert':
      return joined(before, Uint8Array.of(one.byte), after);
    case 'remove':
      return joined(before, after.subarray(one.length));
    case 'repeat': {
      const part = after.subarray(0, one.length);
      return joined(before, ...Array.from({ length: one.times }, () => part), after);
    }
    case 'move': {
      const part = after.subarray(0, one.length);
      const rest = joined(before, after.subarray(one.length));
      const to = rest.length === 0 ? 0 : one.to % rest.length;
      return joined(rest.subarray(0, to), part, rest.subarray(to));
    }
  }
}

function used(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

const seen = { read: 0, refused: 0 };

/** Reads a file and everything that is made of what was read. */
function tried(file: Uint8Array): void {
  const [began, before] = [performance.now(), used()];
  try {
    const { root } = readTree(file);
    treeToJSON(root);
    toValue(root);
    if (seen.read % 50 === 0) validateStateDict(file);
    seen.read += 1;
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    expect(error.message).toMatch(/^byte \d+( of the inflated .+)?: .*(expected|cannot be inflated)/s);
    seen.refused += 1;
  }
  const time = performance.now() - began;
  // A machine that is busy may stop a run for longer: only what is slow again is slow.
  if (time > MOST_TIME && again(file) > MOST_TIME) throw new Error(`took ${time} ms`);
  const memory = used() - before;
  if (memory > MOST_MEMORY) throw new Error(`took ${memory} bytes`);
}

function again(file: Uint8Array): number {
  const began = performance.now();
  try {
    toValue(readTree(file).root);
  } catch {
    // Said above.
  }
  return performance.now() - began;
}

const property = <T>(given: fc.Arbitrary<T>, file: (value: T) => Uint8Array): void =>
  fc.assert(
    fc.property(given, (value) => tried(file(value))),
    { numRuns: Math.ceil(runs / 2), endOnFailure: true },
  );

test('files with changed bytes', () => {
  const given = fc.tuple(fc.nat({ max: files.length - 1 }), fc.array(change, { minLength: 1, maxLength: 4 }));
  property(given, ([i, changes]) => changes.reduce(changed, files[i]!));
});

test('archives whose pickles are changed, under a right CRC', () => {
  const given = fc.tuple(fc.nat({ max: pickles.length - 1 }), fc.array(change, { minLength: 1, maxLength: 4 }));
  property(given, ([i, changes]) => {
    const { pickle, others } = pickles[i]!;
    const data = changes.reduce(changed, pickle.data);
    return archive([{ name: pickle.name, data, crc: crc32(data) }, ...others]);
  });
});

test('some were read and most refused', () => {
  expect(seen.read).toBeGreaterThan(runs / 100);
  expect(seen.refused).toBeGreaterThan(runs / 100);
});

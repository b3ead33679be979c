import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../../src/state-dict/checkpoint-error.ts';
import { readTree } from '../../../src/state-dict/read-tree.ts';
import { crc32, portable } from '../../../src/state-dict/zip/crc32.ts';
import { described } from '../described.ts';
import { archive, bytes, type Part, u64 } from '../hostile.ts';

const pickle = bytes('N.');
const PKL: Part = { name: 'a/data.pkl', data: pickle };
const read = (file: Uint8Array): unknown => described(readTree(file).root);

/** A pickle that is compressed, with sizes that may be wrong. */
function packed(size: number, data: Uint8Array = new Uint8Array(deflateRawSync(pickle))): Part {
  return { name: 'a/data.pkl', data, method: 8, crc: crc32(pickle), size };
}

/** The Zip64 field of sizes and place. */
const wide = (...sizes: bigint[]): Uint8Array => bytes(1, 0, 8 * sizes.length, 0, ...sizes.map(u64));

describe('archives', () => {
  test('are read stored, deflated, with a comment, and with wide sizes', () => {
    expect(read(archive([PKL]))).toBe(null);
    expect(read(archive([packed(2)]))).toBe(null);
    expect(read(archive([PKL], { comment: 'PK\x05\x06 is no end' }))).toBe(null);
    const large = { ...PKL, size: 0xffffffff, compressed: 0xffffffff, header: 0xffffffff };
    expect(read(archive([{ ...large, extra: wide(2n, 2n, 0n) }]))).toBe(null);
  });

  const pk = (at: number, more = ''): string => `byte ${at}: ${more}`;
  const many = Array.from({ length: 5 }, (_, i) => ({ name: `a/${i}`, data: new Uint8Array() }));
  test.each<[string, Uint8Array, string | RegExp]>([
    ['no bytes', new Uint8Array(), pk(0, 'expected a checkpoint, got an empty file')],
    ['no end', bytes('PK\x03\x04'), pk(4, 'expected the end of a zip archive, got another end: the file is cut off')],
    ['no pickle', archive(many), pk(432, 'expected one entry NAME/data.pkl, got none: not written by torch.save')],
    [
      'two pickles',
      archive([PKL, { ...PKL, name: 'b/data.pkl' }]),
      pk(218, 'expected one entry NAME/data.pkl, got a/data.pkl, b/data.pkl: not written by torch.save'),
    ],
    [
      'a script',
      archive([PKL, { name: 'a/constants.pkl', data: pickle }]),
      pk(40, 'expected a checkpoint of torch.save, got a TorchScript archive'),
    ],
    ['one name twice', archive([PKL, PKL]), pk(140, 'expected every name once, got "a/data.pkl" again')],
    [
      'a wrong CRC',
      archive([{ ...PKL, crc: 5 }]),
      pk(40, 'expected a/data.pkl to have the CRC 00000005, got f3f57dbb: the file is damaged'),
    ],
    ['an encrypted entry', archive([{ ...PKL, flags: 1 }]), pk(50, 'expected a/data.pkl not to be encrypted')],
    [
      'another compression',
      archive([{ ...PKL, method: 12 }]),
      pk(52, 'expected a/data.pkl stored (0) or deflated (8), got method 12'),
    ],
    [
      'two sizes of a stored entry',
      archive([{ ...PKL, size: 7 }]),
      pk(62, 'expected the stored a/data.pkl to have one size, got 2 and 7'),
    ],
    [
      'an entry that does not end',
      archive([{ ...PKL, compressed: 700 }]),
      pk(0, 'expected 700 bytes of a/data.pkl, got the end'),
    ],
    [
      'an entry over the directory',
      archive([{ ...PKL, compressed: 30 }]),
      pk(42, 'expected the central directory behind a/data.pkl, got both in one place'),
    ],
    [
      'two entries in one place',
      archive([PKL, { ...PKL, name: 'a/data/00', own: 'a/data.pkl', header: 0 }]),
      pk(30, 'expected the header of a/data/00, got that of another entry'),
    ],
    [
      'two entries that overlap',
      archive([
        { name: 'a/x', data: archive([PKL]).subarray(0, 42) },
        { ...PKL, header: 33 },
      ]),
      pk(33, 'expected a/data.pkl behind a/x, got both in one place'),
    ],
    ['no header', archive([{ ...PKL, header: 1 }]), pk(1, 'expected the header of a/data.pkl, got something else')],
    [
      'a header beyond the end',
      archive([{ ...PKL, header: 7000 }]),
      pk(7000, 'expected the header of a/data.pkl, got something else'),
    ],
    [
      'a path that leads up',
      archive([{ ...PKL, name: '../data.pkl' }]),
      pk(43, 'expected a path inside the archive, got "../data.pkl"'),
    ],
    [
      'a path from the root',
      archive([{ ...PKL, name: '/a/data.pkl' }]),
      pk(43, 'expected a path inside the archive, got "/a/data.pkl"'),
    ],
    [
      'a path of Windows',
      archive([{ ...PKL, name: 'C:a/data.pkl' }]),
      pk(44, 'expected a path inside the archive, got "C:a/data.pkl"'),
    ],
    [
      'a path with backslashes',
      archive([{ ...PKL, name: 'a\\data.pkl' }]),
      pk(42, 'expected a path inside the archive, got "a\\\\data.pkl"'),
    ],
    [
      'a path with a zero',
      archive([{ ...PKL, name: 'a\0/data.pkl' }]),
      pk(43, 'expected a path inside the archive, got "a\\u0000/data.pkl"'),
    ],
    ['a path of nothing', archive([{ ...PKL, name: '' }]), pk(32, 'expected a path inside the archive, got ""')],
    [
      'a name that is no UTF-8',
      archive([{ ...PKL, name: 'a\xff/data.pkl' }]),
      pk(43, 'expected the name of an entry in UTF-8, got other bytes'),
    ],
    [
      'more entries than there are',
      archive([PKL], { count: 2 }),
      pk(98, 'expected entry 1 of the central directory, got something else'),
    ],
    [
      'a directory elsewhere',
      archive([PKL], { start: 41 }),
      pk(41, 'expected entry 0 of the central directory, got something else'),
    ],
    [
      'a directory beyond the end',
      archive([PKL], { size: 7000 }),
      pk(42, 'expected 7000 bytes of central directory, got the end'),
    ],
    [
      'a directory that is cut',
      archive([PKL], { size: 50 }),
      pk(42, 'expected entry 0 to end in the central directory, got 6 more bytes'),
    ],
    [
      'wide sizes that are not there',
      archive([{ ...PKL, size: 0xffffffff, compressed: 0xffffffff, extra: wide(2n) }]),
      pk(98, 'expected the Zip64 sizes of a/data.pkl, got their end'),
    ],
    [
      'wide sizes of no file',
      archive([{ ...PKL, size: 0xffffffff, compressed: 0xffffffff, extra: wide(2n ** 62n, 2n ** 62n) }]),
      pk(102, 'expected a size that fits the file, got 4611686018427387904'),
    ],
    [
      'an extra field that does not end',
      archive([{ ...PKL, extra: bytes(1, 0, 8, 0) }]),
      pk(98, 'expected an extra field of a/data.pkl to end in its entry'),
    ],
    [
      'a byte order of its own',
      archive([PKL, { name: 'a/byteorder', data: bytes('middle') }]),
      pk(83, 'expected the byte order little or big, got "middle"'),
    ],
    [
      'compressed data of another size',
      archive([packed(3)]),
      pk(40, 'a/data.pkl cannot be inflated: expected 3 bytes, got 2'),
    ],
    [
      'compressed data of more',
      archive([packed(1)]),
      pk(40, 'a/data.pkl cannot be inflated: expected 1 bytes, got more'),
    ],
    [
      'compressed data that are none',
      archive([packed(2, bytes(7, 7, 7))]),
      /^byte 40: a\/data\.pkl cannot be inflated: /,
    ],
    [
      'a size of 1 GB in 1 kB',
      archive([packed(2 ** 30, new Uint8Array(1000))]),
      pk(40, 'a/data.pkl cannot be inflated: expected at most 1032 bytes a compressed byte, got a size of 1073741824'),
    ],
  ])('with %s are refused', (_, file, message) => {
    let error: unknown;
    try {
      read(file);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(CheckpointError);
    if (typeof message === 'string') expect((error as Error).message).toBe(message);
    else expect((error as Error).message).toMatch(message);
  });

  test('of too many entries are refused', () => {
    expect(() => readTree(archive([PKL, ...many]), { entries: 5 })).toThrow('expected at most 5 entries, got 6');
  });

  test('a wide end is read, and refused where it is not', () => {
    const file = archive([PKL]);
    const [end, start] = [file.length - 22, 42];
    const size = BigInt(end - start);
    const record = (place: bigint): Uint8Array =>
      bytes(
        ...[file.subarray(0, end), 'PK\x06\x06', u64(44n), new Uint8Array(12), u64(1n), u64(1n), u64(size), u64(42n)],
        ...['PK\x06\x07', new Uint8Array(4), u64(place), new Uint8Array(4), file.subarray(end)],
      );
    expect(read(record(BigInt(end)))).toBe(null);
    expect(() => read(record(5n))).toThrow('expected the end of a Zip64 archive at byte 5, got something else');
  });

  test('cut off at every byte are refused in order', () => {
    const file = archive([
      PKL,
      { name: 'a/data/0', data: new Uint8Array(8) },
      { name: 'a/version', data: bytes('3\n') },
    ]);
    for (let length = 0; length < file.length; length++)
      expect(() => read(file.subarray(0, length)), `${length} bytes`).toThrow(CheckpointError);
  });
});

test('the CRC in JavaScript is that of Node', () => {
  const data = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) ^ (i >> 3));
  expect(portable(data)).toBe(crc32(data));
  expect(portable(bytes('123456789'))).toBe(0xcbf43926);
});

import { describe, expect, test } from 'vitest';
import { CheckpointError } from '../../src/state-dict/checkpoint-error.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { described } from './described.ts';
import { bytesOf } from './fixtures.ts';
import { bytes, storage, tensor, text, u64 } from './hostile.ts';

const MAGIC = bytes('\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.');
const VERSION = bytes('\x80\x02M\xe9\x03.');
const SYSTEM = (little: boolean): Uint8Array => bytes('}', text('little_endian'), little ? '\x88' : '\x89', 's.');
const KEYS = bytes('](', text('0'), 'e.');
const HEAD = bytes(MAGIC, VERSION, SYSTEM(true));
const VALUE = tensor('K\x02\x85', 'K\x01\x85');
const DATA = new Uint8Array(Float32Array.of(1, -2).buffer);
const read = (...parts: (string | Uint8Array)[]): any => described(readTree(bytes(...parts)).root);

/** A tensor over a view of a storage of two elements. */
const viewed = (offset: string, numel: string): Uint8Array => {
  const view = bytes('(', text('v'), offset, numel, 't');
  const id = bytes('(', text('storage'), 'ctorch\nFloatStorage\n', text('0'), text('cpu'), 'K\x02', view, 'tQ');
  return bytes('\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(', id, 'K\0K\x01\x85K\x01\x85\x89}tR.');
};

describe('the format before torch 1.6', () => {
  test('is read, whatever the byte order', () => {
    expect(read(HEAD, VALUE, KEYS, u64(2n), DATA).bits).toBe('3f800000 c0000000');
    const turned = Uint8Array.from(DATA);
    for (const at of [0, 4]) turned.subarray(at, at + 4).reverse();
    expect(read(MAGIC, VERSION, SYSTEM(false), VALUE, KEYS, u64(2n), turned).bits).toBe('3f800000 c0000000');
  });

  test('is read with views of storages', () => {
    expect(read(HEAD, viewed('K\x01', 'K\x01'), KEYS, u64(2n), DATA).bits).toBe('c0000000');
  });

  test.each<[string, Uint8Array, string]>([
    [
      'other bytes',
      bytes('hello'),
      'byte 0: expected a checkpoint of torch.save (a zip archive, or the format before 1.6), got other bytes',
    ],
    ...Object.entries({
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\n':
        'a pointer of Git LFS: git lfs pull brings the file itself',
      '\x1f\x8b\x08': 'a gzip archive: unpack it',
      [`a.pt${'\0'.repeat(253)}ustar`]: 'a tar archive: unpack it',
      '\x10\0\0\0\0\0\0\0{"w":{}}': 'a safetensors file, which holds no state of an optimizer',
      '\x89HDF\r\n': 'an HDF5 file',
      ' {"state":{}}': 'JSON',
      '<!DOCTYPE html>': 'HTML or XML',
    }).map(([file, got]): [string, Uint8Array, string] => [
      got,
      bytes(file),
      `byte 0: expected a checkpoint of torch.save (a zip archive, or the format before 1.6), got ${got}`,
    ]),
    [
      'what pickle.dump wrote',
      bytes('\x80\x04ctorch.storage\n_load_from_bytes\n.'),
      'byte 2: expected a checkpoint of torch.save, got what pickle.dump wrote (torch.storage._load_from_bytes): write it with torch.save',
    ],
    [
      'another pickle',
      bytes('\x80\x02K\x01.'),
      'byte 0: expected a checkpoint of torch.save (a zip archive, or the format before 1.6), got another pickle',
    ],
    ['another version', bytes(MAGIC, 'K\x01.'), 'byte 18: expected version 1001 of the format before 1.6, got another'],
    [
      'keys that are none',
      bytes(HEAD, VALUE, 'N.'),
      `byte ${HEAD.length + VALUE.length + 2}: expected a list of the keys of storages, got something else`,
    ],
    [
      'a key that is none',
      bytes(HEAD, VALUE, ']K\x01a.'),
      `byte ${HEAD.length + VALUE.length + 5}: expected a list of the keys of storages, got something else`,
    ],
    [
      'a storage that nothing names',
      bytes(HEAD, VALUE, '](', text('7'), 'e.'),
      `byte ${HEAD.length + VALUE.length + KEYS.length}: expected a storage that the value names, got "7"`,
    ],
    [
      'a storage of another size',
      bytes(HEAD, VALUE, KEYS, u64(3n)),
      `byte ${HEAD.length + VALUE.length + KEYS.length}: expected 2 elements of storage "0", got 3`,
    ],
    [
      'a storage that does not end',
      bytes(HEAD, VALUE, KEYS, u64(2n), DATA.subarray(0, 7)),
      `byte ${HEAD.length + VALUE.length + KEYS.length + 8}: expected 8 bytes of storage "0", got the end after 7`,
    ],
    [
      'a storage without bytes',
      bytes(HEAD, VALUE, '].'),
      `byte ${HEAD.length + VALUE.length + 2}: expected the bytes of storage 0, got none`,
    ],
    [
      'more at the end',
      bytes(HEAD, VALUE, KEYS, u64(2n), DATA, 'x'),
      `byte ${HEAD.length + VALUE.length + KEYS.length + 16}: expected the end, got 1 more bytes`,
    ],
    [
      'a view beyond its storage',
      bytes(HEAD, viewed('K\x02', 'K\x01')),
      `byte ${HEAD.length + viewed('', '').lastIndexOf(0x51) + 4}: expected a view inside of 2 elements, got one up to 3`,
    ],
    [
      'one storage of two sizes',
      bytes(HEAD, storage('K\x01'), '0', storage('K\x02'), '.'),
      `byte ${HEAD.length + 2 * storage().length}: expected storage "0" as before, got another type, size or device`,
    ],
  ])('with %s is refused', (_, file, message) => {
    expect(() => readTree(file)).toThrow(CheckpointError);
    expect(() => readTree(file)).toThrow(new RegExp(`^${message.replaceAll(/[()\\.]/g, '\\$&')}$`));
  });

  test('cut off at every byte is refused in order', () => {
    const file = bytesOf('checkpoints/cpu-torch2.13.0/legacy-format.pt');
    for (let length = 0; length < file.length; length++)
      expect(() => readTree(file.subarray(0, length)), `${length} bytes`).toThrow(CheckpointError);
  });
});

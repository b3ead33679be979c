/**
 * Files out of a zip archive, such as a wheel, without reading the rest of it.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';

/** An archive that is none, or has parts that this reader does not know. */
export class ZipError extends Error {}

const [END, CENTRAL] = [0x06054b50, 0x02014b50];
const [STORED, DEFLATED] = [0, 8];
/** The end record with the longest comment. */
const TAIL = 22 + 0xffff;

/**
 * The contents of files of an archive, by name; those that it has not are left out.
 *
 * @throws ZipError when it is no zip archive, or a file is damaged
 */
export function readZip(path: string, names: readonly string[]): Map<string, Buffer> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const at = (position: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      if (position < 0 || readSync(file, bytes, 0, length, position) !== length)
        throw new ZipError(`ends within its records`);
      return bytes;
    };
    const tail = at(Math.max(0, size - TAIL), Math.min(size, TAIL));
    const entries = [...directory(tail, at)].filter(({ name }) => names.includes(name));
    return new Map(entries.map((entry) => [entry.name, contents(entry, at)]));
  } finally {
    closeSync(file);
  }
}

type At = (position: number, length: number) => Buffer;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly header: number;
}

function* directory(tail: Buffer, at: At): Generator<Entry> {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || tail.readUInt32LE(end) !== END) throw new ZipError('is no zip archive');
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (start === 0xffffffff) throw new ZipError('is a zip64 archive, which this reader does not know');
  const records = at(start, length);
  for (let i = 0; i < records.length;) {
    if (records.readUInt32LE(i) !== CENTRAL) throw new ZipError('has a damaged directory');
    const [name, extra, comment] = [28, 30, 32].map((offset) => records.readUInt16LE(i + offset)) as [
      number,
      number,
      number,
    ];
    yield {
      name: records.toString('utf8', i + 46, i + 46 + name),
      method: records.readUInt16LE(i + 10),
      crc: records.readUInt32LE(i + 16),
      packed: records.readUInt32LE(i + 20),
      header: records.readUInt32LE(i + 42),
    };
    i += 46 + name + extra + comment;
  }
}

function contents({ name, method, crc, packed, header }: Entry, at: At): Buffer {
  // The lengths of name and extra field may be others in the local header than in the directory.
  const local = at(header, 30);
  const bytes = at(header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28), packed);
  if (method !== STORED && method !== DEFLATED)
    throw new ZipError(`packs ${name} by method ${method}, not by deflating`);
  const unpacked = method === STORED ? bytes : inflateRawSync(bytes);
  if (crc32(unpacked) !== crc) throw new ZipError(`has a damaged ${name}`);
  return unpacked;
}

/**
 * Writes a zip archive of stored entries whose bytes begin at multiples of 64, as torch.save does.
 */
import { crc32 } from './crc32.ts';

/** What an archive holds. */
export interface Record {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const ALIGNMENT = 64;
/** 1980-01-01, the first day that there is: archives of the same content are the same. */
const DATE = 0x21;

/** The bytes of an archive. @throws RangeError when it would be larger than 4 GiB */
export function writeZip(records: readonly Record[]): Uint8Array {
  let at = 0;
  const placed = records.map(({ name, bytes }) => {
    const encoded = utf8.encode(name);
    const header = at;
    // The padding is an extra field, which has 4 bytes of its own.
    const plain = header + 30 + encoded.length + 4;
    const padding = (ALIGNMENT - (plain % ALIGNMENT)) % ALIGNMENT;
    at = plain + padding + bytes.length;
    return { name: encoded, bytes, header, padding, crc: crc32(bytes) };
  });
  const directory = at;
  const size = placed.reduce((sum, { name }) => sum + 46 + name.length, 0);
  if (directory + size > 0xffffffff) throw new RangeError('a checkpoint of more than 4 GiB: expected a smaller one');
  if (placed.length > 0xfffe) throw new RangeError(`${placed.length} records of a checkpoint: expected at most 65534`);
  const file = new Uint8Array(directory + size + 22);
  const view = new DataView(file.buffer);
  let entry = directory;
  for (const { name, bytes, header, padding, crc } of placed) {
    view.setUint32(header, 0x04034b50, true);
    common(view, header + 4, crc, bytes.length, name.length);
    view.setUint16(header + 28, 4 + padding, true);
    file.set(name, header + 30);
    const extra = header + 30 + name.length;
    file.set([0x46, 0x42, padding & 0xff, padding >> 8], extra);
    file.fill(0x5a, extra + 4, extra + 4 + padding);
    file.set(bytes, extra + 4 + padding);

    view.setUint32(entry, 0x02014b50, true);
    common(view, entry + 6, crc, bytes.length, name.length);
    view.setUint32(entry + 42, header, true);
    file.set(name, entry + 46);
    entry += 46 + name.length;
  }
  view.setUint32(entry, 0x06054b50, true);
  view.setUint16(entry + 8, placed.length, true);
  view.setUint16(entry + 10, placed.length, true);
  view.setUint32(entry + 12, size, true);
  view.setUint32(entry + 16, directory, true);
  return file;
}

/** What an entry's header and its place in the directory have in common, from the version that is needed on. */
function common(view: DataView, at: number, crc: number, size: number, name: number): void {
  view.setUint16(at + 2, 0x0800, true); // names are UTF-8
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name, true);
}

const utf8 = new TextEncoder();

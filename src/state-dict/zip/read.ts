/**
 * Zip archives as torch.save, and tools that pack again, write them: stored and deflated entries, Zip64. The central directory
 * says what there is; each entry is checked against its own header before anything of it is used.
 */
import { CheckpointError } from '../checkpoint-error.ts';
import type { Limits } from '../limits.ts';
import { crc32 } from './crc32.ts';
import { inflate } from './inflate.ts';

/** A file in an archive. */
export interface Entry {
  readonly name: string;
  /** Of its own header, and of its bytes behind it. */
  readonly header: number;
  readonly offset: number;
  readonly compressed: number;
  readonly size: number;
  readonly crc: number;
  readonly method: number;
}

const [LOCAL, CENTRAL, END, END64, LOCATOR64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50];
const [STORED, DEFLATED] = [0, 8];
const UINT32 = 0xffffffff;

/** Whether bytes begin as an archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The entries of an archive by name.
 *
 * @throws CheckpointError for what is no archive, entries that overlap, share a name or lie outside, and paths that lead elsewhere
 */
export function readEntries(bytes: Uint8Array, limits: Limits): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, count, size } = directory(view);
  if (count > limits.entries)
    throw new CheckpointError(start, `expected at most ${limits.entries} entries, got ${count}`);
  const end = start + size;
  if (end > bytes.length) throw new CheckpointError(start, `expected ${size} bytes of central directory, got the end`);
  const entries = new Map<string, Entry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL)
      throw new CheckpointError(at, `expected entry ${i} of the central directory, got something else`);
    const lengths = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const next = at + 46 + lengths[0]! + lengths[1]! + lengths[2]!;
    if (next > end)
      throw new CheckpointError(
        at,
        `expected entry ${i} to end in the central directory, got ${next - end} more bytes`,
      );
    const name = nameOf(bytes.subarray(at + 46, at + 46 + lengths[0]!), at);
    if (entries.has(name)) throw new CheckpointError(at, `expected every name once, got ${JSON.stringify(name)} again`);
    entries.set(name, entryOf(view, at, name, lengths));
    at = next;
  }
  refuseOverlaps([...entries.values()], start);
  return entries;
}

/**
 * The bytes of an entry: of a stored one a view.
 *
 * @param checked whether their CRC is
 * @throws CheckpointError when they are not what the directory says
 */
export function entryBytes(bytes: Uint8Array, entry: Entry, checked: boolean = true): Uint8Array {
  const { offset, compressed, size, method, name, crc } = entry;
  const stored = bytes.subarray(offset, offset + compressed);
  const data = method === STORED ? stored : inflated(stored, entry);
  const found = checked ? crc32(data) : crc;
  if (found !== crc)
    throw new CheckpointError(
      offset,
      `expected ${name} to have the CRC ${hex(crc)}, got ${hex(found)}: the file is damaged`,
    );
  if (data.length !== size) throw new CheckpointError(offset, `expected ${size} bytes of ${name}, got ${data.length}`);
  return data;
}

function inflated(stored: Uint8Array, { name, size, offset }: Entry): Uint8Array {
  try {
    return inflate(stored, size);
  } catch (error) {
    throw new CheckpointError(offset, `${name} cannot be inflated: ${(error as Error).message}`);
  }
}

/** Where the central directory lies. */
function directory(view: DataView): { start: number; count: number; size: number } {
  // A comment of up to 65535 bytes may follow the record, which has 22.
  const least = Math.max(0, view.byteLength - 22 - 65535);
  for (let at = view.byteLength - 22; at >= least; at--) {
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const found = {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
    };
    const is64 = at >= 20 && view.getUint32(at - 20, true) === LOCATOR64;
    return is64 ? directory64(view, at - 20) : found;
  }
  throw new CheckpointError(view.byteLength, 'expected the end of a zip archive, got another end: the file is cut off');
}

function directory64(view: DataView, locator: number): { start: number; count: number; size: number } {
  const at = uint64(view, locator + 8);
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== END64)
    throw new CheckpointError(locator, `expected the end of a Zip64 archive at byte ${at}, got something else`);
  return { count: uint64(view, at + 32), size: uint64(view, at + 40), start: uint64(view, at + 48) };
}

function entryOf(view: DataView, at: number, name: string, lengths: readonly number[]): Entry {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  if (flags & 1) throw new CheckpointError(at + 8, `expected ${name} not to be encrypted`);
  if (method !== STORED && method !== DEFLATED)
    throw new CheckpointError(at + 10, `expected ${name} stored (0) or deflated (8), got method ${method}`);
  const crc = view.getUint32(at + 16, true);
  let [compressed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
  let header = view.getUint32(at + 42, true);
  let extra = at + 46 + lengths[0]!;
  const end = extra + lengths[1]!;
  while (extra + 4 <= end) {
    const [id, length] = [view.getUint16(extra, true), view.getUint16(extra + 2, true)];
    const last = extra + 4 + length;
    if (last > end) throw new CheckpointError(extra, `expected an extra field of ${name} to end in its entry`);
    if (id === 1) {
      let field = extra + 4;
      const wide = (narrow: number): number => {
        if (narrow !== UINT32) return narrow;
        if (field + 8 > last) throw new CheckpointError(extra, `expected the Zip64 sizes of ${name}, got their end`);
        field += 8;
        return uint64(view, field - 8);
      };
      [size, compressed, header] = [wide(size), wide(compressed), wide(header)];
    }
    extra = last;
  }
  if (method === STORED && size !== compressed)
    throw new CheckpointError(at + 20, `expected the stored ${name} to have one size, got ${compressed} and ${size}`);
  return { name, crc, method, size, compressed, header, offset: dataOf(view, header, name, compressed) };
}

/** Where the bytes of an entry begin, behind its own header. */
function dataOf(view: DataView, header: number, name: string, compressed: number): number {
  if (header + 30 > view.byteLength || view.getUint32(header, true) !== LOCAL)
    throw new CheckpointError(header, `expected the header of ${name}, got something else`);
  const length = view.getUint16(header + 26, true);
  const offset = header + 30 + length + view.getUint16(header + 28, true);
  if (offset + compressed > view.byteLength)
    throw new CheckpointError(header, `expected ${compressed} bytes of ${name}, got the end`);
  const own = new Uint8Array(view.buffer, view.byteOffset + header + 30, length);
  if (nameOf(own, header) !== name)
    throw new CheckpointError(header + 30, `expected the header of ${name}, got that of another entry`);
  return offset;
}

function nameOf(bytes: Uint8Array, at: number): string {
  let name: string;
  try {
    name = utf8.decode(bytes);
  } catch {
    throw new CheckpointError(at, 'expected the name of an entry in UTF-8, got other bytes');
  }
  if (name === '' || /^[/\\]|^[A-Za-z]:|\0|\\|(^|\/)\.\.(\/|$)/.test(name))
    throw new CheckpointError(at, `expected a path inside the archive, got ${JSON.stringify(name)}`);
  return name;
}

function refuseOverlaps(entries: readonly Entry[], directory: number): void {
  let last: { end: number; name: string } = { end: 0, name: 'the file' };
  for (const { name, header, offset, compressed } of [...entries].sort((a, b) => a.header - b.header)) {
    if (header < last.end)
      throw new CheckpointError(header, `expected ${name} behind ${last.name}, got both in one place`);
    last = { end: offset + compressed, name };
  }
  if (last.end > directory)
    throw new CheckpointError(directory, `expected the central directory behind ${last.name}, got both in one place`);
}

function uint64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(view.byteLength) * 2n ** 12n)
    throw new CheckpointError(at, `expected a size that fits the file, got ${value}`);
  return Number(value);
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

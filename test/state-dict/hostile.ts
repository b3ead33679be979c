/**
 * Makes files for the tests of the reader's limits: pickles by opcode, and archives with any field wrong.
 */
import { crc32 } from '../../src/state-dict/zip/crc32.ts';

/** Bytes of texts and numbers, one after the other. */
export function bytes(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const buffers = parts.map((part) =>
    typeof part === 'number' ? Uint8Array.of(part) : typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
  );
  return Uint8Array.from(Buffer.concat(buffers));
}

/** Four bytes, least significant first. */
export function u32(value: number): Uint8Array {
  const made = new Uint8Array(4);
  new DataView(made.buffer).setUint32(0, value, true);
  return made;
}

/** Eight bytes, least significant first. */
export function u64(value: bigint): Uint8Array {
  const made = new Uint8Array(8);
  new DataView(made.buffer).setBigUint64(0, value, true);
  return made;
}

/** BINUNICODE of a text. */
export function text(value: string): Uint8Array {
  const encoded = new TextEncoder().encode(value);
  return bytes('X', u32(encoded.length), encoded);
}

/** An entry, of which every field can be wrong. */
export interface Part {
  readonly name: string;
  readonly data: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly compressed?: number;
  /** Name in the entry's own header. */
  readonly own?: string;
  /** Where the directory says that the header is. */
  readonly header?: number;
  readonly extra?: Uint8Array;
}

/** An archive of parts; `end` changes the last record. */
export function archive(
  parts: readonly Part[],
  end: { count?: number; start?: number; size?: number; comment?: string } = {},
): Uint8Array {
  const [heads, entries]: [Uint8Array[], Uint8Array[]] = [[], []];
  let at = 0;
  for (const part of parts) {
    const { name, data, method = 0, flags = 0, own = name, extra = new Uint8Array() } = part;
    const { crc = crc32(data), compressed = data.length, size = compressed, header = at } = part;
    const common = bytes(u16(flags), u16(method), u32(0), u32(crc), u32(compressed), u32(size));
    const head = bytes('PK\x03\x04', u16(20), common, u16(own.length), u16(0), own, data);
    heads.push(head);
    entries.push(
      bytes('PK\x01\x02', u16(20), u16(20), common, u16(name.length), u16(extra.length), u16(0), u16(0), u16(0)),
      bytes(u32(0), u32(header), name, extra),
    );
    at += head.length;
  }
  const directory = bytes(...entries);
  const { count = parts.length, start = at, size = directory.length, comment = '' } = end;
  return bytes(
    ...heads,
    directory,
    'PK\x05\x06',
    u32(0),
    u16(count),
    u16(count),
    u32(size),
    u32(start),
    u16(comment.length),
    comment,
  );
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

/** A checkpoint whose value is a pickle. */
export function checkpoint(pickle: Uint8Array, more: readonly Part[] = []): Uint8Array {
  return archive([{ name: 'a/data.pkl', data: pickle }, ...more]);
}

/** The pickle of a float32 tensor over storage 0: shape, strides and offset as opcodes. */
export function tensor(shape: string, strides: string, offset = 'K\0', numel = 'K\x02'): Uint8Array {
  return bytes('\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(', storage(numel), offset, shape, strides, '\x89}tR.');
}

/** The opcodes of a storage's persistent id. */
export function storage(numel = 'K\x02', key = '0', type = 'ctorch\nFloatStorage\n'): Uint8Array {
  return bytes('(', text('storage'), type, text(key), text('cpu'), numel, 'tQ');
}

/**
 * CRC-32 as zip archives have it.
 */

/** The CRC-32 of some bytes. */
export function crc32(bytes: Uint8Array): number {
  return (native ?? portable)(bytes);
}

type Crc32 = (bytes: Uint8Array) => number;

interface Process {
  readonly getBuiltinModule?: (name: string) => { readonly crc32?: Crc32 } | undefined;
}

// Node's is twenty times as fast; asked for like this, nothing of Node is imported, and a browser does without.
const native = (globalThis as { process?: Process }).process?.getBuiltinModule?.('node:zlib')?.crc32;

const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The same in JavaScript alone. */
export function portable(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}

/**
 * Decompression of a zip entry, up to the size that it declares and no further.
 */
import { Inflate } from 'fflate';

/** Compressed bytes that are given to the decompressor at a time: what they become is what one call may cost. */
const CHUNK = 2 ** 14;

/** Deflate cannot compress further than this. */
export const MOST_COMPRESSION = 1032;

/**
 * Inflates raw deflate data.
 *
 * @param size bytes that must come out
 * @throws Error that says what is wrong: no deflate data, other sizes
 */
export function inflate(bytes: Uint8Array, size: number): Uint8Array {
  if (size > bytes.length * MOST_COMPRESSION)
    throw new Error(`expected at most ${MOST_COMPRESSION} bytes a compressed byte, got a size of ${size}`);
  const out = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) throw new Error(`expected ${size} bytes, got more`);
    out.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at === 0 || at < bytes.length; at += CHUNK)
    stream.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
  if (length !== size) throw new Error(`expected ${size} bytes, got ${length}`);
  return out;
}

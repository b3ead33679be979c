/**
 * Bytes of a .pt file into an inert tree.
 */
import { CheckpointError } from './checkpoint-error.ts';
import type { Checkpoint } from './container.ts';
import { readLegacy } from './legacy-checkpoint.ts';
import { type Limits, LIMITS } from './limits.ts';
import { readZip } from './zip-checkpoint.ts';
import { isZip } from './zip/read.ts';

/**
 * Reads what torch.save wrote: zip archives of 1.6 and later, and the format before it. Storages are views of the bytes where
 * these are stored little-endian and uncompressed.
 *
 * @param crc whether the CRCs of the bytes of tensors are checked, which an archive has and the format before it has not
 * @throws CheckpointError that says where in the file what was expected and what came; TypeError for what are no bytes
 */
export function readTree(
  given: Uint8Array | ArrayBuffer,
  limits: Partial<Limits> = {},
  crc: boolean = true,
): Checkpoint {
  const all = { ...LIMITS, ...limits };
  const bytes = given instanceof ArrayBuffer ? new Uint8Array(given) : given;
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(`expected the bytes of a checkpoint, a Uint8Array or an ArrayBuffer, got ${typeof given}`);
  if (bytes.length === 0) throw new CheckpointError(0, 'expected a checkpoint, got an empty file');
  // Node's Buffer is a Uint8Array whose slices are no copies.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isZip(plain) ? readZip(plain, all, crc) : readLegacy(plain, all);
}

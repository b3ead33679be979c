/**
 * PyTorch's own .pt files: read into plain values, and written from them.
 */
import { fromValue } from './from-value.ts';
import type { Limits } from './limits.ts';
import { readTree } from './read-tree.ts';
import { toValue, type ValueOptions } from './to-value.ts';
import { writeTree } from './write-tree.ts';

/** How a checkpoint is read. */
export interface ReadOptions extends ValueOptions {
  /** What reading may cost; each has a default that no checkpoint of a real training run comes near. */
  readonly limits?: Partial<Limits>;
  /**
   * Whether the CRCs of the bytes of tensors are checked; true by default. torch.load checks none: what is damaged there are other
   * numbers, without a word.
   */
  readonly crc?: boolean;
}

/**
 * Reads what torch.save wrote. Nothing of the file is executed.
 *
 * Tensors are views of `bytes` where these lie at a multiple of the element size and are not compressed: an optimizer that loads
 * them and steps writes into `bytes`. Whole floats (`1.0`) become numbers like integers; readTree tells them apart.
 *
 * `T` is what the caller takes it for, such as a StateDict; nothing checks that.
 *
 * @throws CheckpointError that says where in the file what was expected and what came; TypeError for what are no bytes
 */
export function readCheckpoint<T = unknown>(bytes: Uint8Array | ArrayBuffer, options: ReadOptions = {}): T {
  return toValue(readTree(bytes, options.limits, options.crc).root, options) as T;
}

/**
 * The bytes of a checkpoint that `torch.load(weights_only=True)` reads: a state dict of the port, or anything else of objects, Maps,
 * arrays (frozen ones are tuples), numbers, bigints, texts, booleans, null and tensors.
 *
 * @throws TypeError that says where something is that no checkpoint can hold
 */
export function writeCheckpoint(value: unknown): Uint8Array {
  return writeTree(fromValue(value));
}

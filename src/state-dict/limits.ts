/**
 * What reading a file may cost. Everything is bounded by the size of the file, so that a small file cannot ask for much.
 */

/** Limits of reading. */
export interface Limits {
  /** Containers inside of each other. */
  readonly depth: number;
  /** Pickle opcodes of a file, beyond one a byte of the file. */
  readonly opcodes: number;
  /** Values once everything that stands in several places is written out in each. */
  readonly values: number;
  /** Entries of a zip archive. */
  readonly entries: number;
  /** Elements of tensors, beyond those of the file, that strides make out of the same stored ones. */
  readonly expanded: number;
  /** Bytes of one integer. */
  readonly integer: number;
}

/** Limits that no checkpoint of a real training run comes near. */
export const LIMITS: Limits = {
  depth: 200,
  opcodes: 2 ** 18,
  values: 2 ** 22,
  entries: 2 ** 18,
  expanded: 2 ** 22,
  integer: 1024,
};

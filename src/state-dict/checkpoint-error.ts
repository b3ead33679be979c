/**
 * What is wrong with a file: where, what was expected there, and what came.
 */

/** A checkpoint that cannot be read. */
export class CheckpointError extends Error {
  override readonly name: string = 'CheckpointError';
  /** Where it is: `byte 17`, or of what was compressed `byte 17 of the inflated archive/data.pkl`. */
  readonly place: string;

  /**
   * @param at byte offset in the file, or a place
   * @param message what was expected and what came
   */
  constructor(at: number | string, message: string) {
    const place = typeof at === 'number' ? `byte ${at}` : at;
    super(`${place}: ${message}`);
    this.place = place;
  }
}

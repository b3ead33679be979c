/**
 * Bad input: names the file, the place in it, what was expected and what came.
 */

/** A file that is not what it should be. */
export class InputError extends Error {
  override readonly name: string = 'InputError';

  /**
   * @param file path of the file
   * @param place JSON pointer or byte offset in it; empty for the file as a whole
   * @param message what was expected and what came
   */
  constructor(file: string, place: string, message: string) {
    super(`${file}${place === '' ? '' : ` at ${place}`}: ${message}`);
  }
}

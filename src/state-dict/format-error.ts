/**
 * JSON that is not in the format of spec/state-dict-json.md.
 */

/** What is wrong with a state dict as JSON, and where. */
export class FormatError extends Error {
  override readonly name: string = 'FormatError';
  /** JSON pointer of what is wrong. */
  readonly pointer: string;

  /** @param message what was expected and what came */
  constructor(pointer: string, message: string) {
    super(`${pointer || '/'}: ${message}`);
    this.pointer = pointer;
  }
}

/** A JSON pointer one level down. */
export function below(pointer: string, key: string | number): string {
  const text = String(key);
  return `${pointer}/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

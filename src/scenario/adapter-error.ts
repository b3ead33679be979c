/**
 * The adapter, not the port behind it, broke: a verdict of its own, never a failure of the port.
 */

/** The adapter broke its contract; the message says how. */
export class AdapterError extends Error {
  override readonly name: string = 'AdapterError';
}

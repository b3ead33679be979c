/** Exit codes of every command (spec/conformance.md). */
export const EXIT = {
  /** Conforms, or did what was asked. */
  ok: 0,
  /** Does not conform, or differs. */
  differs: 1,
  /** Wrong usage. */
  usage: 2,
  /** The suite or the adapter broke, or no case ran. */
  broken: 3,
  /** What is expected of the port is no longer as it is written, and nothing else is wrong. */
  stale: 4,
} as const;

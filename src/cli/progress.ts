/**
 * Progress on standard error: only on a terminal, only after two seconds, gone when done.
 */

/** A function to call with every advance, and one to call at the end. */
export interface Progress {
  readonly advance: (what: string, done: number, of: number) => void;
  readonly end: () => void;
}

/** Progress on a stream. */
export function progress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const began = Date.now();
  let shown = 0;
  return {
    advance(what, done, of) {
      const now = Date.now();
      if (!stream.isTTY || now - began < 2000 || now - shown < 100) return;
      shown = now;
      stream.write(`\r\u001b[K${what} ${done}/${of}`);
    },
    end: () => void (shown > 0 && stream.write('\r\u001b[K')),
  };
}

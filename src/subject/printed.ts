/**
 * What a port prints: passed on to standard error, where it disturbs no report, and no more of it than a reader can use.
 */

/** Characters that are passed on of all that one port prints. */
const MOST = 65_536;

/** Characters that are kept of the end. */
const KEPT = 4000;

/** What one port prints, in however many threads and processes. */
export class Printed {
  readonly #who: string;
  readonly #stream: Pick<NodeJS.WriteStream, 'write'>;
  #left = MOST;

  /** @param who prints, for the line that says that there is more */
  constructor(who: string, stream: Pick<NodeJS.WriteStream, 'write'> = process.stderr) {
    this.#who = who;
    this.#stream = stream;
  }

  /** Passes on as much of a text as there is still room for. */
  take(text: string): void {
    if (this.#left <= 0) return;
    const shown = text.slice(0, this.#left);
    this.#stream.write(shown);
    this.#left -= text.length;
    if (this.#left <= 0)
      this.#stream.write(`\nrmsproof: ${this.#who} prints more than ${MOST} characters; the rest is not shown\n`);
  }
}

/** The end of a text that grows, of which the last line is wanted. */
export class LastWords {
  #text = '';

  add(text: string): void {
    this.#text = (this.#text + text).slice(-KEPT);
  }

  /** The last line; empty if there is none. */
  get line(): string {
    return this.#text.trim().split('\n').at(-1)!;
  }
}

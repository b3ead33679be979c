/**
 * A process that takes steps: it is asked line by line, and ended when it takes too long.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Asked } from './rows.ts';

/** Seconds that an answer may take. A compiler that compiles a step of a thousand tensors takes longer. */
const LIMIT = 90;

/** A process, started when it is first asked, and again after it has ended. */
export class Contender {
  readonly name: string;
  readonly #command: readonly string[];
  #child: ChildProcess | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(name: string, ...command: readonly string[]) {
    this.name = name;
    this.#command = command;
  }

  /** Seconds of its fastest step, within a limit in seconds; undefined where it has none, fails or takes too long. */
  async ask(asked: Asked, limit: number = LIMIT): Promise<number | undefined> {
    if (this.#child === undefined) {
      const [program, ...args] = this.#command as [string, ...string[]];
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      // One that cannot be started has no output either.
      child.on('error', () => this.end());
      child.stdin!.on('error', () => this.end());
      this.#child = child;
      this.#lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    }
    const timer = setTimeout(() => this.end(), 1000 * limit);
    try {
      this.#child.stdin!.write(`${JSON.stringify(asked)}\n`);
      while (true) {
        const { value, done } = await this.#lines!.next();
        if (done) return void this.end();
        // Some packages greet.
        if (value.startsWith('{')) return (JSON.parse(value) as { seconds: number | null }).seconds ?? undefined;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, whatever it does. */
  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}

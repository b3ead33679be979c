/**
 * A child process that speaks JSON Lines: one request, one response, in order (spec/adapter.md).
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AdapterError } from '../scenario/adapter-error.ts';

type Waiting = { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void };

/** A running child. */
export class Pipe {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #command: string;
  readonly #waiting: Waiting[] = [];
  #stderr = '';
  #ended: Error | undefined;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#command = command;
    this.#child = spawn(command, args, { env, stdio: 'pipe' });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#stderr = (this.#stderr + chunk.toString()).slice(-4000)));
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line));
    this.#child.on('error', (error: NodeJS.ErrnoException) =>
      this.#end(error.code === 'ENOENT' ? `there is no command ${command}` : error.message),
    );
    this.#child.on('close', (code, signal) => this.#end(`ended early (${signal ?? `exit ${code}`})`));
    this.#child.stdin.on('error', () => {}); // a dead child is reported by its close event
  }

  /**
   * @param seconds after which a child that has not answered is ended; without, it may take as long as it likes
   * @throws AdapterError when the child cannot be started, ends first, takes too long, or answers with no JSON
   */
  async request(message: unknown, seconds?: number): Promise<unknown> {
    if (this.#ended) throw this.#ended;
    const line = new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    const late = (): void => {
      this.#end(`no answer in ${seconds} s`);
      this.kill();
    };
    const timer = seconds === undefined ? undefined : setTimeout(late, seconds * 1000);
    const text = await line.finally(() => clearTimeout(timer));
    try {
      return JSON.parse(text);
    } catch {
      throw new AdapterError(`${this.#command}: expected a line of JSON, got ${text.slice(0, 200)}`);
    }
  }

  /** Lets the child end by itself, and waits for it. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.end();
    await closed;
  }

  /** Ends the child at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #end(why: string): void {
    const last = this.#stderr.trim().split('\n').at(-1);
    this.#ended ??= new AdapterError(`${this.#command}: ${why}${last ? `; its last words: ${last}` : ''}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

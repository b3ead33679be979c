/**
 * A child process that speaks JSON Lines: one request, one answer, in order (spec/protocol.md).
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { AdapterError } from '../scenario/adapter-error.ts';
import { LastWords, type Printed } from './printed.ts';
import type { Request } from './protocol.ts';

/** How a child is started, and what becomes of what it prints. */
export interface PipeOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Arguments; without them the command is a line for the shell. */
  readonly args?: readonly string[];
  /** Takes what the child writes on standard error; without it, the last line alone is kept. */
  readonly printed?: Printed;
}

/** Characters of a line; no answer to a scenario comes near it. */
const MOST_LINE = 16 * 1024 * 1024;

/** Seconds that a child has to end by itself. */
const GRACE = 5;

/** Children of the shell lead groups of their own, which an interrupt of this process does not reach. */
const running = new Set<Pipe>();

/** A running child. */
export class Pipe {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #command: string;
  readonly #grouped: boolean;
  readonly #words = new LastWords();
  readonly #closed: Promise<void>;
  #waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void } | undefined;
  #partial = '';
  /** The first line that came though no answer was due; the next question finds it. */
  #unasked: string | undefined;
  #doing = '';
  #idle = true;
  #ended: AdapterError | undefined;

  constructor(command: string, { env = process.env, args, printed }: PipeOptions = {}) {
    this.#command = command;
    this.#grouped = args === undefined && process.platform !== 'win32';
    this.#child = args
      ? spawn(command, args, { env, stdio: 'pipe' })
      : spawn(command, { env, stdio: 'pipe', shell: true, detached: this.#grouped });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#words.add(text);
      printed?.take(text);
    });
    this.#child.on('error', (error: NodeJS.ErrnoException) =>
      this.#end(error.code === 'ENOENT' ? `there is no command ${command}` : error.message),
    );
    this.#closed = new Promise((resolve) =>
      this.#child.on('close', (code, signal) => {
        running.delete(this);
        this.#end(`ended early (${signal ?? `exit ${code}`})`);
        resolve();
      }),
    );
    this.#child.stdin.on('error', () => {}); // a dead child is reported by its close event
    if (this.#grouped) watch(this);
  }

  /** Whether it has ended, by itself or because of what it did. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /**
   * @param seconds after which a child that has not answered is ended; without, it may take as long as it likes
   * @param doing what is asked, for errors
   * @throws AdapterError when the child cannot be started, ends first, takes too long, writes a line without end or one that nobody
   * asked for, or answers with no JSON
   */
  async request(message: Request, seconds?: number, doing?: string): Promise<unknown> {
    if (this.#ended) throw this.#ended;
    if (this.#unasked !== undefined) throw this.#stop(`answered though nothing was asked: ${this.#unasked}`);
    this.#doing = doing === undefined ? '' : `: ${doing}`;
    this.#idle = false;
    const line = new Promise<string>((resolve, reject) => (this.#waiting = { resolve, reject }));
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    const timer =
      seconds === undefined ? undefined : setTimeout(() => this.#stop(`no answer in ${seconds} s`), seconds * 1000);
    const text = await line.finally(() => clearTimeout(timer));
    try {
      const answer: unknown = JSON.parse(text);
      this.#idle = true;
      return answer;
    } catch {
      throw this.#stop(`expected a line of JSON, got ${text.slice(0, 200)}`);
    }
  }

  /** Lets the child end by itself, and ends it if it does not. */
  async close(): Promise<void> {
    if (!this.#ended) {
      this.#ended = new AdapterError(`${this.#command}: was closed`);
      this.#child.stdin.end(`${JSON.stringify({ bye: {} } satisfies Request)}\n`);
      const timer = setTimeout(() => this.kill(), GRACE * 1000);
      await this.#closed;
      clearTimeout(timer);
    }
  }

  /** Ends the child at once, with the processes that it started. */
  kill(): void {
    running.delete(this);
    const { pid } = this.#child;
    try {
      if (this.#grouped && pid !== undefined) process.kill(-pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // It has ended by itself.
    }
    // A process that has left the group may hold them open, and with them this process.
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  /** Ends a child of which nothing good is to be expected, and says why. */
  fail(why: string): AdapterError {
    this.#idle = false;
    return this.#stop(why);
  }

  #read(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop()!;
    for (const line of lines) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#unasked ??= line.slice(0, 200);
      else waiting.resolve(line);
    }
    if (this.#partial.length > MOST_LINE) this.#stop(`wrote a line of more than ${MOST_LINE} characters`);
  }

  #stop(why: string): AdapterError {
    this.#end(why);
    this.kill();
    return this.#ended!;
  }

  #end(why: string): void {
    const half = this.#partial === '' ? '' : ` after half a line: ${this.#partial.slice(0, 200)}`;
    const last = this.#words.line;
    const doing = this.#idle ? this.#doing.replace(': ', ': after ') : this.#doing;
    this.#ended ??= new AdapterError(
      `${this.#command}${doing}: ${why}${half}${last ? `; its last words: ${last}` : ''}`,
    );
    this.#waiting?.reject(this.#ended);
    this.#waiting = undefined;
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let watching = false;

/** Ends a child with this process, whatever ends that. */
function watch(pipe: Pipe): void {
  running.add(pipe);
  if (watching) return;
  watching = true;
  const killAll = (): void => running.forEach((child) => child.kill());
  process.on('exit', killAll);
  for (const signal of SIGNALS)
    process.once(signal, () => {
      killAll();
      process.kill(process.pid, signal);
    });
}

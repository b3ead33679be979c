/**
 * One long-lived Python in WebAssembly: questions in order, a limit on the time of each, a new life after one that hung or died.
 */
import { AdapterError } from '../../scenario/adapter-error.ts';
import { findPyodide, Session } from './session.ts';
import type { World } from './world.ts';

/** How to run Python. */
export interface PythonOptions {
  /** Seconds that an answer may take; 60 by default. */
  readonly timeout?: number;
  /** URL of the module pyodide; found by itself by default. */
  readonly pyodide?: string;
}

const TIMEOUT = 60;

/** Python with a world of files. It starts at once, in a thread of its own; the process does not wait for it unless asked. */
export class Python {
  readonly #world: World;
  readonly #pyodide: string;
  readonly #timeout: number;
  #session: Session;
  #last: Promise<unknown> = Promise.resolve();
  #greeted: string | undefined;

  /** @throws AdapterError where pyodide is not installed */
  constructor(world: World, { timeout = TIMEOUT, pyodide = findPyodide() }: PythonOptions = {}) {
    this.#world = world;
    this.#pyodide = pyodide;
    this.#timeout = timeout;
    this.#session = this.#start();
  }

  /**
   * Waits until it has started.
   *
   * @returns the version of its torch, where that says it
   * @throws AdapterError when it cannot start
   */
  begun(): Promise<string | null> {
    return this.#session.holding(this.#session.begun);
  }

  /**
   * Asks one question, after those before it.
   *
   * @param greeting what is asked first, where this life of Python was last greeted otherwise, or never
   * @throws AdapterError when there is no answer in time, or Python dies; the next question finds a new one
   */
  ask(request: unknown, greeting?: unknown): Promise<unknown> {
    const answer = this.#last.then(async () => {
      const text = JSON.stringify(greeting);
      if (greeting !== undefined && text !== this.#greeted) await this.#ask(text);
      if (greeting !== undefined) this.#greeted = text;
      return this.#ask(JSON.stringify(request));
    });
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** Ends it, after the questions that were asked. */
  async close(): Promise<void> {
    await this.#last;
    await this.#session.close();
  }

  #start(): Session {
    return new Session(this.#world, this.#pyodide);
  }

  async #ask(request: string): Promise<unknown> {
    await this.begun();
    const session = this.#session;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new AdapterError(`no answer in ${this.#timeout} s; Python was started anew`);
      timer = setTimeout(() => reject(error), this.#timeout * 1000);
    });
    try {
      return JSON.parse(await session.holding(Promise.race([session.ask(request), late])));
    } catch (error) {
      await session.kill();
      this.#session = this.#start();
      this.#greeted = undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

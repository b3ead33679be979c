/**
 * One life of a worker thread with Python in it.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AdapterError } from '../../scenario/adapter-error.ts';
import { workerUrl } from '../worker-url.ts';
import type { Begin, Posted } from './worker.ts';
import type { World } from './world.ts';

/** The version of pyodide that this package is tried with. */
export const PYODIDE = '314.0.7';

/** A thread that has begun to start; one question at a time. */
export class Session {
  /** The version of torch, when Python has begun. */
  readonly begun: Promise<string | null>;
  readonly #worker: Worker;
  #settle: { readonly resolve: (posted: Posted) => void; readonly reject: (error: AdapterError) => void } | undefined;
  #ended: AdapterError | undefined;

  /** @throws AdapterError where pyodide is not installed */
  constructor(world: World, pyodide: string = findPyodide()) {
    // Else V8 crashes now and then in Pyodide's calls.
    if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');
    const workerData: Begin = { pyodide, world };
    this.#worker = new Worker(workerUrl('./worker', import.meta.url), { workerData });
    this.#worker.on('message', (posted: Posted) => this.#settle?.resolve(posted));
    this.#worker.on('error', (error) => this.#end(error.message));
    this.#worker.on('exit', (code) => this.#end(`the thread ended with ${code}`));
    this.begun = this.#next().then((posted) => {
      if ('begun' in posted) return posted.begun.version;
      throw new AdapterError('failed' in posted ? posted.failed : 'answered before it was asked');
    });
    // Whoever waits for it learns of it.
    this.begun.catch(() => {});
    this.#worker.unref();
  }

  /** Keeps the process alive while something is awaited of the thread. */
  async holding<T>(body: Promise<T>): Promise<T> {
    this.#worker.ref();
    try {
      return await body;
    } finally {
      this.#worker.unref();
    }
  }

  /** @throws AdapterError when the thread has ended, or ends before it answers */
  async ask(request: string): Promise<string> {
    await this.begun;
    const posted = this.#next();
    this.#worker.postMessage(request);
    const answer = await posted;
    if ('answer' in answer) return answer.answer;
    throw new AdapterError('failed' in answer ? answer.failed : 'began twice');
  }

  /** Lets the thread end by itself, and waits for it. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    await this.begun.then(
      () => this.#worker.postMessage(null),
      () => this.#worker.terminate(),
    );
    await this.holding(ended);
  }

  /** Ends the thread in whatever it does. */
  async kill(): Promise<void> {
    this.#end('killed');
    await this.#worker.terminate();
  }

  #next(): Promise<Posted> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
  }

  #end(why: string): void {
    this.#ended ??= new AdapterError(`Python in WebAssembly ended: ${why}`);
    this.#settle?.reject(this.#ended);
  }
}

/**
 * The URL of pyodide, an optional peer: from this package or from the folder of the process.
 *
 * @throws AdapterError where it is not installed
 */
export function findPyodide(from: readonly string[] = [import.meta.url, join(process.cwd(), 'x.js')]): string {
  for (const place of from) {
    try {
      return pathToFileURL(createRequire(place).resolve('pyodide/pyodide.mjs')).href;
    } catch {
      continue;
    }
  }
  throw new AdapterError(`Python in WebAssembly needs the package pyodide: npm install pyodide@${PYODIDE}`);
}

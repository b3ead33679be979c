/**
 * A stranger's module in a thread of its own, with a limit on the time of each answer: what hangs or ends there ends nothing here.
 */
import { Worker } from 'node:worker_threads';
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Target } from '../scenario/port.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import type { Session } from './lives.ts';
import type { Asked, Inputs, Posted } from './module-worker.ts';
import type { Printed } from './printed.ts';
import { type Hello, PROTOCOL, ranIn } from './protocol.ts';
import { workerUrl } from './worker-url.ts';

/** How long a module may take. */
export interface ModuleOptions {
  /** Seconds for each of: importing it, opening its port, one case. 60 by default. */
  readonly timeout?: number;
}

const TIMEOUT = 60;

/** A thread with a module in it; one question at a time. */
export class ModuleThread implements Session {
  /** Whether the module exports a function that takes a target. */
  takesTarget = false;
  readonly #path: string;
  readonly #timeout: number;
  readonly #worker: Worker;
  #settle: { readonly resolve: (posted: Posted) => void; readonly reject: (error: AdapterError) => void } | undefined;
  #ended: AdapterError | undefined;
  #doing = 'importing it';
  #inputs: Inputs | undefined;

  /** @throws AdapterError when the module cannot be imported or exports no port */
  static async start(path: string, options: ModuleOptions, printed: Printed): Promise<ModuleThread> {
    const thread = new ModuleThread(path, options, printed);
    const posted = await thread.#answer('importing it');
    if (!('imported' in posted)) return thread.#refused(posted);
    thread.takesTarget = posted.imported.takesTarget;
    return thread;
  }

  private constructor(path: string, { timeout = TIMEOUT }: ModuleOptions, printed: Printed) {
    this.#path = path;
    this.#timeout = timeout;
    this.#worker = new Worker(workerUrl('./module-worker', import.meta.url), {
      workerData: { path },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => printed.take(text));
    this.#worker.on('message', (posted: Posted) => {
      if ('stuck' in posted) this.#end('waits for a promise that nothing will settle');
      else if ('doing' in posted) this.#doing = posted.doing;
      else this.#settle?.resolve(posted);
    });
    this.#worker.on('error', (error: unknown) =>
      this.#end(`threw outside of any call: ${error instanceof Error ? error.message : String(error)}`),
    );
    this.#worker.on('exit', (code) => this.#end(`ended its process with ${code}`));
    this.#worker.unref();
  }

  /** Whether it has ended, by itself or for taking too long. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** @throws AdapterError when the port cannot be made or does not work */
  async open(target: Target): Promise<Hello> {
    const posted = await this.#ask({ hello: { protocol: PROTOCOL, target } }, 'opening its port');
    return 'hello' in posted ? posted.hello : this.#refused(posted);
  }

  /** @throws AdapterError when the adapter breaks, ends its process or takes too long */
  async run(scenario: Scenario): Promise<readonly Observation[]> {
    const { id, program, tensors, gradients } = scenario;
    const known = this.#inputs?.tensors === tensors && this.#inputs.gradients === gradients;
    if (!known) this.#inputs = { tensors, gradients };
    const doing = `case ${id}`;
    const asked = { run: { id, program }, ...(known ? {} : { inputs: { tensors, gradients } }) };
    return ranIn(await this.#ask(asked, doing), scenario, `${this.#path}: ${doing}`).observations;
  }

  /** Ends the thread in whatever it does. */
  async close(): Promise<void> {
    this.#ended ??= new AdapterError(`${this.#path}: was closed`);
    await this.#worker.terminate();
  }

  async #ask(asked: Asked, doing: string): Promise<Posted> {
    if (this.#ended) throw this.#ended;
    this.#worker.postMessage(asked);
    return this.#answer(doing);
  }

  async #answer(doing: string): Promise<Posted> {
    if (this.#ended) throw this.#ended;
    this.#doing = doing;
    const timer = setTimeout(() => {
      this.#end(`took more than ${this.#timeout} s`);
      void this.#worker.terminate();
    }, this.#timeout * 1000);
    this.#worker.ref();
    try {
      return await new Promise<Posted>((resolve, reject) => (this.#settle = { resolve, reject }));
    } catch (error) {
      await this.#worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#worker.unref();
    }
  }

  /** A module that cannot be opened is of no more use; one that broke in a case may do better in the next. */
  async #refused(posted: Posted): Promise<never> {
    await this.close();
    throw new AdapterError('refusal' in posted ? posted.refusal.message : `${this.#path}: answered out of turn`);
  }

  #end(why: string): void {
    this.#ended ??= new AdapterError(`${this.#path}: ${this.#doing}: ${why}`);
    this.#settle?.reject(this.#ended);
  }
}

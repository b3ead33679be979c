/**
 * The worker thread in which a stranger's module runs: it imports the module, then opens its port and runs scenarios over it.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { AdapterError } from '../scenario/adapter-error.ts';
import { interpret } from '../scenario/interpreter.ts';
import type { Port, PortModule, Target } from '../scenario/port.ts';
import type { Scenario } from '../scenario/types.ts';
import { checkPort } from './check-port.ts';
import { guarded } from './guard.ts';
import type { Answer, PROTOCOL } from './protocol.ts';
import { smokeTest } from './smoke-test.ts';

/** What the thread is asked, one question after the other: as spec/protocol.md says, with less said twice. */
export type Asked =
  | { readonly hello: { readonly protocol: typeof PROTOCOL; readonly target: Target } }
  | {
      readonly run: Pick<Scenario, 'id' | 'program'>;
      /** Left out where they are those of the scenario before: the cases of a file share them. */
      readonly inputs?: Inputs;
    };

/** What the cases of a file share. */
export type Inputs = Pick<Scenario, 'tensors' | 'gradients'>;

/** What the thread posts: first that the module is imported, then one answer a question. */
export type Posted =
  | { readonly imported: { readonly takesTarget: boolean } }
  | Answer
  /** What it does from now on. */
  | { readonly doing: string }
  /** Nothing is left that could settle the promise that is waited for. */
  | { readonly stuck: true };

const { path } = workerData as { readonly path: string };
const parent = parentPort!;
const post = (message: Posted): void => parent.postMessage(message);
// Emitted when nothing is left to wait for, though an answer is due.
process.on('beforeExit', () => post({ stuck: true }));

/** Bun imports TypeScript by itself, and has not the loaders that tsx takes. */
async function imported(url: string): Promise<unknown> {
  if ('bun' in process.versions) return import(url);
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(url, import.meta.url);
}

async function importDefault(): Promise<PortModule | undefined> {
  try {
    const module = (await imported(pathToFileURL(resolve(path)).href)) as { default?: unknown };
    // A CommonJS module's exports arrive as its default export, whose own default is meant.
    const inner = module.default as { default?: unknown; __esModule?: boolean } | undefined;
    return (await (inner?.__esModule ? inner.default : inner)) as PortModule | undefined;
  } catch (error) {
    throw new AdapterError(`${path}: threw on import: ${messageOf(error)}`);
  }
}

async function make(exported: PortModule | undefined, target: Target): Promise<unknown> {
  if (typeof exported !== 'function') return exported;
  try {
    return await exported(target);
  } catch (error) {
    throw new AdapterError(
      `${path}: its default export threw for torch-${target.version}/${target.arithmetic}: ${messageOf(error)}`,
    );
  }
}

async function open(exported: PortModule | undefined, target: Target): Promise<Port> {
  const port = await make(exported, target);
  checkPort(port, path);
  post({ doing: 'the trial step' });
  await smokeTest(guarded(port, path), path);
  return port;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an adapter error says; of another, that it was thrown. */
function textOf(error: unknown, who = ''): string {
  return error instanceof AdapterError ? error.message : `${who}threw: ${messageOf(error)}`;
}

/** Posts what a body returns, or why it failed. */
async function answer(body: () => Promise<Posted>, failed: (error: unknown) => Posted): Promise<void> {
  let posted: Posted;
  try {
    posted = await body();
    // What was rejected and not heard is reported before the answer, not after.
    await new Promise(setImmediate);
  } catch (error) {
    posted = failed(error);
  }
  post(posted);
}

let exported: PortModule | undefined;
let port: Port | undefined;
let inputs: Inputs | undefined;

async function respond(asked: Asked): Promise<Posted> {
  if ('hello' in asked) {
    port = guarded(await open(exported, asked.hello.target), path);
    const { name, version, supports: claims, objects } = port;
    const known = { name, ...(version === undefined ? {} : { version }), claims, objects: objects !== undefined };
    return { hello: { ...known, follows: typeof exported === 'function' } };
  }
  inputs = asked.inputs ?? inputs!;
  return { id: asked.run.id, observations: await interpret({ ...asked.run, ...inputs }, port!) };
}

const refused = (error: unknown): Posted => ({
  refusal: { reason: 'no-port', message: textOf(error, `${path}: `) },
});

await answer(async () => {
  exported = await importDefault();
  if (typeof exported !== 'function') checkPort(exported, path);
  return { imported: { takesTarget: typeof exported === 'function' } };
}, refused);
parent.on('message', (asked: Asked | null) => {
  if (asked === null) return parent.close();
  // While the port has the word, only what it waits for keeps the thread alive.
  parent.unref();
  const failed = 'run' in asked ? (error: unknown): Posted => ({ id: asked.run.id, failure: textOf(error) }) : refused;
  void answer(() => respond(asked), failed).finally(() => parent.ref());
});

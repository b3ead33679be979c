/**
 * The worker thread in which Python runs: it begins, then answers one text by another.
 */
import { posix } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PyodideAPI } from 'pyodide';
import { installWheel } from './wheel-install.ts';
import type { World } from './world.ts';

/** What the thread is started with. */
export interface Begin {
  /** URL of the module pyodide. */
  readonly pyodide: string;
  readonly world: World;
}

/** What the thread posts: first how it began, then an answer a request. */
export type Posted =
  { readonly begun: { readonly version: string | null } } | { readonly failed: string } | { readonly answer: string };

const HOME = '/rmsproof';

/** The part of module serve that the thread calls. */
interface Serve {
  begin(): string;
  answer(request: string): string;
}

async function begin({ pyodide: url, world }: Begin): Promise<Serve | string> {
  const { loadPyodide } = (await import(url)) as typeof import('pyodide');
  const quiet = (): void => {};
  const pyodide: PyodideAPI = await loadPyodide({ stdout: quiet, stderr: quiet });
  if (world.wheel !== undefined) await installWheel(pyodide, world.wheel);
  for (const [path, text] of world.files) {
    pyodide.FS.mkdirTree(posix.dirname(posix.join(HOME, path)));
    pyodide.FS.writeFile(posix.join(HOME, path), text);
  }
  pyodide.runPython(`import sys; sys.path.insert(0, '${HOME}')`);
  return pyodide.pyimport('serve') as unknown as Serve;
}

const port = parentPort!;
const post = (message: Posted): void => port.postMessage(message);
try {
  const serve = (await begin(workerData as Begin)) as Serve;
  const begun = JSON.parse(serve.begin()) as { readonly failure: string } | { readonly version: string | null };
  if ('failure' in begun) post({ failed: begun.failure });
  else {
    port.on('message', (request: string | null) => {
      if (request === null) port.close();
      else post({ answer: serve.answer(request) });
    });
    post({ begun });
  }
} catch (error) {
  post({ failed: (error as Error).message.trim().split('\n').at(-1)! });
}

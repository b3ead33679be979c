/**
 * Whether the port is exact in every case, as fast as that can be said: in as many threads as there are processors, file by file. That
 * it is not, and what is wrong then, is for `run` to say, which looks at every case of every reference by itself.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { openGolden } from '../golden/read.ts';
import type { ReferenceName } from '../golden/types.ts';
import { portOn } from '../subject/port.ts';
import { workerUrl } from '../subject/worker-url.ts';
import type { FileResults } from './exact-files.ts';
import type { Share, Told } from './exact-worker.ts';
import { facets, identity } from './judge.ts';
import { type Conformance, type Run, targetOf } from './verdicts.ts';

/** How the files are gone through. */
export interface ExactOptions {
  /** As many as there are processors by default, at most 4. */
  readonly threads?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

/** More threads wait for memory. */
const MOST_THREADS = 4;

/**
 * The conformance of the port where every case is exact, or unsupported.
 *
 * @returns undefined where one is not, or a thread failed
 */
export async function exactly(
  folder: string,
  path: 'fast' | 'literal',
  references: readonly ReferenceName[],
  { threads = Math.min(availableParallelism(), MOST_THREADS), onProgress }: ExactOptions = {},
): Promise<Conformance | undefined> {
  const { names } = openGolden(folder);
  const share: Share = { folder, path, references, names, next: new SharedArrayBuffer(4) };
  const found: (FileResults | undefined)[] = names.map(() => undefined);
  let done = 0;
  const take = ({ file, results }: Told): void => {
    found[file] = results;
    // The rest does not matter any more: nobody takes another file.
    if (results === undefined) Atomics.store(new Int32Array(share.next), 0, names.length);
    onProgress?.((done += 1), names.length);
  };
  await Promise.all(Array.from({ length: threads }, () => thread(share, take)));
  if (found.includes(undefined)) return undefined;
  const source = portOn(path);
  const runs: Run[] = [];
  let subject: Conformance['subject'] = { name: source.name };
  for (const reference of references) {
    const opened = await source.open(targetOf(reference));
    subject = identity(opened, source);
    const cases = found.flatMap((results) => results!.get(reference)!);
    const { arithmetic } = targetOf(reference);
    if (cases.length > 0)
      runs.push({ reference, arithmetic, claims: opened.supports, compared: facets(opened), cases });
    await opened.close();
  }
  return { subject, runs };
}

/** A thread from its start to its end, however it ends: a file that it had taken then has no results. */
async function thread(share: Share, take: (told: Told) => void): Promise<void> {
  const worker = new Worker(workerUrl('./exact-worker', import.meta.url), { workerData: share });
  worker.on('message', take);
  await new Promise<void>((resolve) => {
    worker.on('error', () => resolve());
    worker.on('exit', () => resolve());
  });
}

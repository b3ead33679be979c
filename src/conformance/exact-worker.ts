/**
 * A thread that takes its share of the golden files and holds the port against them.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openGolden } from '../golden/read.ts';
import type { ReferenceName } from '../golden/types.ts';
import { portOn } from '../subject/port.ts';
import { type FileResults, openJudge } from './exact-files.ts';

/** What every thread is told. */
export interface Share {
  readonly folder: string;
  readonly path: 'fast' | 'literal';
  readonly references: readonly ReferenceName[];
  /** "area/name" of the files. */
  readonly names: readonly string[];
  /** One Int32 that all threads share: the place of the next file that nobody has taken. */
  readonly next: SharedArrayBuffer;
}

/** What a thread posts: the results of a file by its place, undefined where a case is not exact. */
export interface Told {
  readonly file: number;
  readonly results: FileResults | undefined;
}

const { folder, path, references, names, next } = workerData as Share;
const at = new Int32Array(next);
const results = await openJudge(openGolden(folder), portOn(path), references);
for (let file = Atomics.add(at, 0, 1); file < names.length; file = Atomics.add(at, 0, 1))
  parentPort!.postMessage({ file, results: await results(names[file]!) } satisfies Told);

/**
 * The packed form of golden files, in which the package is published: every file gzipped, and an index of their cases. They
 * were verified when they were packed; reading one takes no more than the digest of its text (spec/golden.md).
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InputError } from '../scenario/input-error.ts';
import { isPacked } from './folder.ts';
import { parse, readText } from './text.ts';
import type { Case } from './types.ts';

/** What is known of a case without its file. */
export type CaseLine = Pick<Case, 'id' | 'clauses' | 'needs'>;

/** index.json.gz of a packed folder. */
export interface Index {
  readonly format: 1;
  /** "area/name" of each file, and "references", to the digest of its text. */
  readonly texts: Readonly<Record<string, string>>;
  /** Every case, in the order of the files. */
  readonly cases: readonly CaseLine[];
}

/** The digest of a text: SHA-256 of its UTF-8. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The index of a folder; undefined where it is not packed. */
export function readIndex(folder: string): Index | undefined {
  if (!isPacked(folder)) return undefined;
  const path = join(folder, 'index.json.gz');
  return parse(path, readText(path)) as Index;
}

/**
 * A file of a packed folder, by its place in the index.
 *
 * @throws InputError when its text is not the one that was packed
 */
export function readPacked(path: string, name: string, { texts }: Index): unknown {
  const text = readText(path);
  const [known, actual] = [texts[name], textDigest(text)];
  if (actual !== known)
    throw new InputError(
      path,
      '',
      `its text has the digest ${actual}, the index says ${known ?? 'nothing'}; install the package anew`,
    );
  return parse(path, text);
}

/**
 * Packs golden/ for the package: every file gzipped, references.json as it is, and an index of all cases. What is not as it
 * should be is not packed.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { goldenPaths, nameOf } from '../src/golden/folder.ts';
import { type Index, textDigest } from '../src/golden/packed.ts';
import { readGolden } from '../src/golden/read.ts';
import { readText } from '../src/golden/text.ts';

/**
 * Packs the golden files of a folder into another, which is made anew.
 *
 * @throws InputError for the first file that is broken
 */
export function pack(folder: string, to: string): void {
  const { cases } = readGolden(folder);
  const texts = goldenPaths(folder).map((path) => [nameOf(folder, path), readText(path)] as const);
  const references = join(folder, 'references.json');
  const index: Index = {
    format: 1,
    texts: Object.fromEntries(
      [['references', readText(references)] as const, ...texts].map(([name, text]) => [name, textDigest(text)]),
    ),
    cases: cases.map(({ id, clauses, needs }) => ({ id, clauses, needs })),
  };
  rmSync(to, { recursive: true, force: true });
  const write = (name: string, text: string): void => {
    const path = join(to, `${name}.json.gz`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzipSync(text, { level: 9 }));
  };
  write('index', JSON.stringify(index));
  copyFileSync(references, join(to, 'references.json'));
  for (const [name, text] of texts) write(name, text);
}

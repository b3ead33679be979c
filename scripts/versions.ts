/**
 * Writes spec/versions.md: what changed from one PyTorch version to the next.
 *
 *     npm run versions                          from what was compared before (scripts/versions/drifts.json)
 *     npm run versions -- VERSION VERSION...    compares each with the one before it first; oldest first, each an installed torch, a
 *                                               folder, a wheel, or a recorded version such as torch-2.15.0
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { readGolden } from '../src/golden/read.ts';
import { writeText } from '../src/golden/write.ts';
import { byVersion } from '../src/golden/by-version.ts';
import { page } from './versions/page.ts';
import { compare, type Pair } from './versions/rows.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const DRIFTS = here('versions/drifts.json');
const PAGE = here('../spec/versions.md');

/** The page of versions, as it stands in spec/. */
export async function generated(pairs: readonly Pair[]): Promise<string> {
  return formatted(page(pairs), 'markdown');
}

async function formatted(text: string, parser: 'json' | 'markdown'): Promise<string> {
  return prettier.format(text, { ...(await prettier.resolveConfig(PAGE)), parser });
}

/** What was compared before. */
export function kept(): Pair[] {
  return JSON.parse(readFileSync(DRIFTS, 'utf8')) as Pair[];
}

if (process.argv[1]?.endsWith('versions.ts')) {
  const places = process.argv.slice(2);
  const own = places.length > 1 ? await compare(places, readGolden()) : [];
  const others = kept().filter((pair) => !own.some(({ from, to }) => from === pair.from && to === pair.to));
  const pairs = [...others, ...own].toSorted((a, b) => byVersion(a.to, b.to) || byVersion(b.from, a.from));
  writeText(DRIFTS, await formatted(JSON.stringify(pairs), 'json'));
  writeText(PAGE, await generated(pairs));
}

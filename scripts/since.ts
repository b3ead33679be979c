/**
 * Before a release: enters into src/golden/since.ts which cases the release before it did not have.
 *
 *     npx rmsproof@0.1.0 list > before.txt
 *     npm run since -- before.txt 0.2.0
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { UsageError } from '../src/cli/usage-error.ts';
import { readGolden } from '../src/golden/read.ts';
import { byVersion } from '../src/golden/by-version.ts';
import { SINCE } from '../src/golden/since.ts';
import { writeText } from '../src/golden/write.ts';

type Table = Readonly<Record<string, string>>;

/** The ids that `rmsproof list` printed. */
export function idsIn(listed: string): readonly string[] {
  return listed.split('\n').flatMap((line) => /^\S+\/\S+/.exec(line)?.[0] ?? []);
}

/**
 * A table with what is new in a version: golden files that have nothing else, and cases by their ids. What the table knows already
 * stays, but for what is gone.
 *
 * @param before ids of the release before
 * @param now ids of all cases
 * @throws UsageError where there is no id before, or the version is not newer than all of the table
 */
export function withNew(table: Table, before: readonly string[], now: readonly string[], version: string): Table {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new UsageError(`expected a version such as 0.2.0, got ${version}`);
  if (before.length === 0) throw new UsageError('expected what `rmsproof list` printed, got no case');
  const newest = Object.values(table).find((own) => own !== version && byVersion(own, version) >= 0);
  if (newest !== undefined) throw new UsageError(`${version} is not newer than ${newest}, which the table has`);
  const old = new Set(before);
  const fileOf = (id: string): string => id.split('/').slice(0, 2).join('/');
  const known = new Set(before.map(fileOf));
  const added = now
    .filter((id) => !old.has(id))
    .map((id) => (known.has(fileOf(id)) ? id : fileOf(id)))
    .map((key): [string, string] => [key, version]);
  const there = new Set([...now, ...now.map(fileOf)]);
  const kept = Object.entries(table).filter(([key]) => there.has(key));
  return Object.fromEntries([...kept, ...added].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The module with its table made anew. */
export async function moduleWith(text: string, table: Table): Promise<string> {
  const made = text.replace(/(SINCE: [^=]*= )\{[^]*?\};/, (_, head: string) => `${head}${JSON.stringify(table)};`);
  return prettier.format(made, { ...(await prettier.resolveConfig(MODULE)), parser: 'typescript' });
}

const MODULE = fileURLToPath(new URL('../src/golden/since.ts', import.meta.url));

if (process.argv[1]?.endsWith('since.ts')) {
  const [list, version, ...more] = process.argv.slice(2);
  try {
    if (list === undefined || version === undefined || more.length > 0)
      throw new UsageError('expected what `rmsproof list` of the release before printed, and the new version');
    const now = readGolden().cases.map(({ id }) => id);
    const table = withNew(SINCE, idsIn(readFileSync(list, 'utf8')), now, version);
    writeText(MODULE, await moduleWith(readFileSync(MODULE, 'utf8'), table));
    console.log(
      `${Object.values(table).filter((own) => own === version).length} files and cases are new in ${version}`,
    );
  } catch (error) {
    console.error(`since: ${(error as Error).message}`);
    process.exitCode = error instanceof UsageError ? 2 : 3;
  }
}

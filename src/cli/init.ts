/**
 * `rmsproof init [FOLDER]`: the files to begin with.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeTexts } from '../golden/write.ts';
import { format } from '../golden/format.ts';
import { goldenFolder } from '../golden/folder.ts';
import { readReferences } from '../golden/read.ts';
import { packageVersion } from '../scenario/package-version.ts';
import { EXIT } from './exit-codes.ts';
import { EXPECTATIONS } from './expect.ts';
import { selectReferences } from './select.ts';
import { ADAPTER, WORKFLOW } from './templates.ts';
import { UsageError } from './usage-error.ts';

/** The files; expectations pin the newest reference that JavaScript rounds as, and promise nothing yet. */
function files(): readonly (readonly [path: string, text: string])[] {
  const newest = selectReferences({ references: readReferences(goldenFolder) }, undefined);
  const expectations = {
    $schema: './node_modules/rmsproof/spec/schemas/expectations.schema.json',
    ...{ format: 1, rmsproof: packageVersion(), references: newest.slice(0, 1) },
    ...{ claims: [], accepted: [] },
  };
  return [
    ['my-port.ts', ADAPTER],
    [EXPECTATIONS, format(expectations)],
    ['.github/workflows/rmsproof.yml', WORKFLOW],
  ];
}

/**
 * Runs the command.
 *
 * @throws UsageError where one of the files is there; then none is written
 */
export function init(folder: string): number {
  const made = files();
  const there = made.map(([path]) => path).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0) throw new UsageError(`${there.join(' and ')}: is there already; nothing was written`);
  writeTexts(made.map(([path, text]) => [join(folder, path), text]));
  for (const [path] of made) console.log(`wrote ${join(folder, path)}`);
  const port = join(folder, 'my-port.ts');
  console.log(`\nPut your optimizer into ${port}, then:`);
  console.log(`    npx rmsproof doctor ${port}`);
  console.log(`    npx rmsproof check ${port}`);
  console.log(`    npx rmsproof check ${port} --update    promises what it claims`);
  return EXIT.ok;
}

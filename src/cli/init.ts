/**
 * `rmsproof init [FOLDER]`: the files to begin with.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeTexts } from '../golden/write.ts';
import { EXIT } from './exit-codes.ts';
import { ADAPTER, WORKFLOW } from './templates.ts';
import { UsageError } from './usage-error.ts';

const FILES: readonly (readonly [path: string, text: string])[] = [
  ['my-port.ts', ADAPTER],
  ['.github/workflows/rmsproof.yml', WORKFLOW],
];

/**
 * Runs the command.
 *
 * @throws UsageError where one of the files is there; then none is written
 */
export function init(folder: string): number {
  const there = FILES.map(([path]) => path).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0) throw new UsageError(`${there.join(' and ')}: is there already; nothing was written`);
  writeTexts(FILES.map(([path, text]) => [join(folder, path), text]));
  for (const [path] of FILES) console.log(`wrote ${join(folder, path)}`);
  console.log(`\nFill in ${join(folder, 'my-port.ts')}, then: npx rmsproof doctor ${join(folder, 'my-port.ts')}`);
  return EXIT.ok;
}

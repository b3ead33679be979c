/**
 * Builds the package: into dist/ JavaScript and declarations from tsc, of which the library's JavaScript becomes one file,
 * and the Python programs beside them; into packed/ the golden files.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packedFolder, repositoryFolder } from '../src/golden/folder.ts';
import { bundle } from './bundle.ts';
import { pack } from './pack.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [src, dist] = [join(root, 'src'), join(root, 'dist')];

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'scripts/tsconfig.build.json')],
  { stdio: 'inherit' },
);
for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'))) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  copyFileSync(join(src, file), join(dist, file));
}
await bundle(dist, ['index.js', 'state-dict.js']);
chmodSync(join(dist, 'cli/main.js'), 0o755);
pack(repositoryFolder, packedFolder);

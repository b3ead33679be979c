/**
 * The package in a folder of somebody else's: packed, and put there as npm would, with the dependencies of this repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tested } from './readme.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

/**
 * A new folder with the package, and the README's port and optimizer.
 *
 * @throws Error where `npm run build` has not made dist/
 */
export function consumer(): string {
  if (!existsSync(join(repository, 'dist/check.js'))) throw new Error('there is no dist/; npm run build makes it');
  const folder = mkdtempSync(join(tmpdir(), 'rmsproof-'));
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    ...{ cwd: repository, encoding: 'utf8', timeout: 120_000 },
  }).trim();
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'rmsproof'), { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed), '--strip-components', '1', '-C', join(modules, 'rmsproof')]);
  for (const name of readdirSync(join(repository, 'node_modules')))
    if (!existsSync(join(modules, name))) symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  for (const name of ['my-rmsprop.ts', 'my-port.ts']) writeFileSync(join(folder, name), tested(readme, name));
  return folder;
}

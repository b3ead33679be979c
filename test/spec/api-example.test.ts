import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../fixtures/temporary.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'spec/api.md'), 'utf8');
const [, example] = /<!-- tested: example\.ts -->\n\n```ts\n([^]*?)```/.exec(page)!;

/** Runs Node from the root of the repository. */
function node(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

test('the example on the page of the API has the right types and prints what its comments say', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'example.ts');
  writeFileSync(path, example!.replace("'rmsproof'", JSON.stringify(join(root, 'src/index.ts'))));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    typeRoots: [join(root, 'node_modules/@types')],
    rewriteRelativeImportExtensions: false,
    isolatedDeclarations: false,
    declaration: false,
  };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: ['example.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  expect(node('node_modules/typescript/bin/tsc', '-p', folder)).toMatchObject({ stdout: '', status: 0 });
  const said = [...example!.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => `${line}\n`);
  expect(said.length).toBeGreaterThan(2);
  expect(node('--import', 'tsx', path)).toMatchObject({ stdout: said.join(''), status: 0 });
});

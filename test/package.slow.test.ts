/**
 * The package as it is published, packed and put into a folder as npm would, with the dependencies of this repository: its command, its
 * library, its types and its schemas. Runs what `npm run build` made.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { consumer } from '../scripts/consumer.ts';
import { tested } from '../scripts/readme.ts';
import { root } from '../src/scenario/root.ts';

const repository = fileURLToPath(root);
let folder: string;
const page = readFileSync(join(repository, 'spec/conformance.md'), 'utf8');
const ONLY = 'step/flags-float32/momentum+foreach=none';

const { FORCE_COLOR: _, ...env } = { ...process.env, NO_COLOR: '1' } as NodeJS.ProcessEnv;

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

/** Runs something in the folder. */
function run(...args: readonly string[]): { readonly status: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ cwd: folder, encoding: 'utf8', timeout: 300_000, env },
  });
  return { status, out: stdout + stderr };
}

const rmsproof = (...args: readonly string[]): ReturnType<typeof run> =>
  run('node_modules/rmsproof/dist/cli/main.js', ...args);

beforeAll(() => {
  folder = consumer();
  write('port.test.ts', tested(page, 'port.test.ts'));
});

test('the command checks a port, and writes every report', () => {
  const reports = ['junit=r/a.xml', 'html=r/a.html', 'json=r/a.json', 'github=r/a.txt'];
  const { status, out } = rmsproof('check', 'my-port.ts', '--only', ONLY, '--reporter', 'console', ...reports);
  expect(out).toContain('CONFORMS  1 cases exact');
  expect(status).toBe(0);
  expect(readdirSync(join(folder, 'r')).sort()).toEqual(['a.html', 'a.json', 'a.txt', 'a.xml']);
});

test('the library checks a port, with types', () => {
  write('library.ts', tested(page, 'library.ts'));
  const { out } = run('--import', 'tsx', 'library.ts');
  expect(out).toMatch(/^conforms [1-9]\d*\n$/);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<h1>CONFORMS</h1>');
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        ...{ strict: true, noEmit: true, module: 'nodenext', target: 'es2023', allowImportingTsExtensions: true },
        ...{ skipLibCheck: false, types: ['node'], exactOptionalPropertyTypes: true },
      },
      files: ['library.ts', 'port.test.ts'],
    }),
  );
  expect(run('node_modules/typescript/bin/tsc', '-p', '.')).toEqual({ status: 0, out: '' });
});

test('vitest runs a test for each case', () => {
  const { status, out } = run('node_modules/vitest/vitest.mjs', 'run', 'port.test.ts', '--reporter', 'verbose');
  expect(out).toContain('my-rmsprop (my-port.ts) does what PyTorch does');
  expect(out).toContain('step/flags-float32 > momentum+foreach=none  (RMS-1');
  expect(out).toMatch(/50 fresh programs \(seed \d+\)/);
  expect(out).toMatch(/[\d]+ cases need what the port does not claim/);
  expect(status).toBe(0);
});

test('every schema can be imported', () => {
  const schemas = readdirSync(new URL('spec/schemas/', root));
  expect(schemas.length).toBeGreaterThan(9);
  write(
    'schemas.js',
    schemas
      .map((name) => `import(${JSON.stringify(`rmsproof/schemas/${name}`)}, { with: { type: 'json' } })`)
      .map((expression) => `console.log((await ${expression}).default.$schema);`)
      .join('\n'),
  );
  const { out } = run('--no-warnings', 'schemas.js');
  expect(out).toBe('https://json-schema.org/draft/2020-12/schema\n'.repeat(schemas.length));
});

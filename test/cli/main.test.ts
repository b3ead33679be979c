import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line in a process of its own, beside which a program may run. */
function inProcess(args: readonly string[], beside = ''): { readonly code: number | null; readonly stderr: string } {
  const imports = ['--import', `data:text/javascript,${encodeURIComponent(beside)}`, '--import', 'tsx'];
  const { status, stderr } = spawnSync(process.execPath, [...imports, 'src/cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, stderr };
}

test('the process exits with the code of the command', () => {
  expect(inProcess(['list', 'step/flags-float32/plain*']).code).toBe(0);
  expect(inProcess(['check', '--nonsense']).code).toBe(2);
});

test.each([
  ['ends the process', 'process.exit(0)', 'the process ended before the command did'],
  ['throws', 'throw new Error("boom")', 'something threw outside of any call: boom'],
  ['rejects', 'Promise.reject(new Error("boom"))', 'something threw outside of any call: boom'],
])('whatever %s while a command runs leaves exit code 3 and a word about it behind', (_, what, message) => {
  // Once the command listens, it has begun.
  const begun = "process.listenerCount('uncaughtException') > 0";
  const beside = `const i = setInterval(() => { if (${begun}) { clearInterval(i); ${what}; } }, 1);`;
  const { code, stderr } = inProcess(['check', 'test/fixtures/ports/typed-arrays.ts'], beside);
  expect(stderr).toContain(`rmsproof: ${message}`);
  expect(code).toBe(3);
});

test('the command line starts with commander alone: what commands need is loaded when they run', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/^import (?!type )(?:[^;']*from )?'([^']+)';/gm))
      if (from!.startsWith('.')) visit(resolve(dirname(path), from!));
      else if (!from!.startsWith('node:')) packages.add(from!);
  };
  visit(join(root, 'src/cli/main.ts'));
  expect([...packages]).toEqual(['commander']);
  expect(seen.size).toBeLessThan(10);
});

describe('rmsproof', () => {
  test('prints help and exits 0', async () => {
    const { code, stdout } = await rmsproof('--help');
    for (const command of ['check', 'list', 'show', 'record', 'import-recording', 'drift'])
      expect(stdout).toContain(`  ${command} `);
    expect(code).toBe(0);
  });

  test('--version names the version of the package and the references', async () => {
    const { code, stdout } = await rmsproof('--version');
    expect(stdout).toMatch(/^rmsproof \d+\.\d+\.\d+\nreferences: torch-2\.1\.2\/fused, .*torch-2\.15\.0\/separate\n$/s);
    expect(code).toBe(0);
  });

  test('an engine without WebAssembly takes the literal path, and --version says so', () => {
    const withoutIt = (...args: string[]): { readonly status: number | null; readonly stdout: string } =>
      spawnSync(process.execPath, ['--jitless', '--import', 'tsx', 'src/cli/main.ts', ...args], {
        ...{ cwd: root, encoding: 'utf8' },
      });
    expect(withoutIt('--version').stdout).toMatch(
      /separate\nour port: literal path alone, as this engine has no WebAssembly with SIMD and\n {10}shared memory\n$/,
    );
    const { status, stdout } = withoutIt('check', '--only', 'step/flags-float32/momentum+foreach=none');
    expect([status, stdout.includes('\nCONFORMS  '), stdout.includes('literal path')]).toEqual([0, true, false]);
  });

  test('--stack may stand on either side of the command', async () => {
    for (const args of [
      ['--stack', 'list', 'x*'],
      ['list', 'x*', '--stack'],
    ])
      expect((await rmsproof(...args)).stderr).toMatch(/^\s+at /m);
  });

  test('exits 2 for an unknown command, --sqrt without torch, and a missing argument', async () => {
    expect((await rmsproof('chek')).code).toBe(2);
    expect((await rmsproof('show')).code).toBe(2);
    expect(await rmsproof('check', '--sqrt', 'built-in')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--sqrt built-in needs --subject torch'),
    });
  });
});

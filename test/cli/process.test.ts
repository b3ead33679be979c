import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line in a process of its own, beside which a program may run. */
function rmsproof(args: readonly string[], beside = ''): { readonly code: number | null; readonly stderr: string } {
  const imports = ['--import', `data:text/javascript,${encodeURIComponent(beside)}`, '--import', 'tsx'];
  const { status, stderr } = spawnSync(process.execPath, [...imports, 'src/cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, stderr };
}

test('the process exits with the code of the command', () => {
  expect(rmsproof(['list', 'step/flags-float32/plain*']).code).toBe(0);
  expect(rmsproof(['check', '--nonsense']).code).toBe(2);
});

test.each([
  ['ends the process', 'process.exit(0)', 'the process ended before the command did'],
  ['throws', 'throw new Error("boom")', 'something threw outside of any call: boom'],
  ['rejects', 'Promise.reject(new Error("boom"))', 'something threw outside of any call: boom'],
])('whatever %s while a command runs leaves exit code 3 and a word about it behind', (_, what, message) => {
  // Once the command listens, it has begun.
  const begun = "process.listenerCount('uncaughtException') > 0";
  const beside = `const i = setInterval(() => { if (${begun}) { clearInterval(i); ${what}; } }, 1);`;
  const { code, stderr } = rmsproof(['check', 'test/fixtures/ports/typed-arrays.ts'], beside);
  expect(stderr).toContain(`rmsproof: ${message}`);
  expect(code).toBe(3);
});

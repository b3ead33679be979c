import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line in a process of its own. */
function rmsproof(...args: string[]): {
  readonly code: number | null;
  readonly stderr: string;
  readonly stdout: string;
} {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, stderr, stdout };
}

test.each(['exits', 'hangs'])('a port that %s leaves exit code 3 and a word about it behind', (name) => {
  const { code, stderr } = rmsproof('check', `test/fixtures/ports/${name}.ts`, '--only', 'step/flags-float32/plain*');
  expect(stderr).toContain('the process ended before the command did');
  expect(code).toBe(3);
});

test('the process exits with the code of the command', () => {
  expect(rmsproof('list', 'step/flags-float32/plain*').code).toBe(0);
  expect(rmsproof('check', '--nonsense').code).toBe(2);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/ports/${name}.ts`, import.meta.url));
const wrong = fixture('eps-inside-root');

describe('rmsproof diff', () => {
  test('compares two subjects on golden scenarios that both claim', async () => {
    const { code, stdout } = await rmsproof('diff', 'port', fixture('typed-arrays'), '--only', 'step/flags-float32/*');
    expect(stdout).toMatch(/32 scenarios compared, 0 differ, 16 not claimed by both/);
    expect(code).toBe(0);
  });

  test('shows where they differ', async () => {
    const { code, stdout } = await rmsproof('diff', 'port', wrong, '--only', 'step/flags-float32/plain*');
    expect(stdout).toContain('operation 1 (train), step 1, scalar');
    expect(code).toBe(1);
  });

  test('refuses a file that is no scenario, with the place', async () => {
    const path = join(temporaryFolder(), 'scenario.json');
    writeFileSync(path, '{ "id": "a/b", "tensors": {}, "gradients": {}, "program": [] }');
    expect(await rmsproof('diff', 'port', 'port', '--file', path)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`${path} at /program`),
    });
  });

  test.each([
    [
      ['diff', 'port', 'port', '--file', 'x', '--only', 'y'],
      2,
      '--only is for golden scenarios; --file compares on its own',
    ],
    [['diff', 'port', 'port', '--file', 'x', '--golden', 'y'], 2, '--golden is for golden scenarios'],
    [['diff', 'port', 'port', '--timeout', '1'], 2, '--timeout is for ports, got port and port'],
    [
      ['diff', fixture('typed-arrays'), fixture('typed-arrays'), '--arithmetic', 'fused'],
      2,
      '--arithmetic is for subjects that follow a target; neither does',
    ],
    [
      ['diff', fixture('typed-arrays'), fixture('typed-arrays'), '--version', '2.1.2'],
      2,
      '--version is for subjects that follow a version; neither does',
    ],
    [['diff', 'port', 'port', '--file', 'absent.json'], 3, 'absent.json: is no readable JSON'],
    [['diff', 'port', 'port', '--only', 'x'], 3, 'no case matches x'],
  ])('%j exits %i', async (args, code, message) => {
    expect(await rmsproof(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) });
  });
});

import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { pythons } from '../fixtures/torch.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/ports/${name}.ts`, import.meta.url));
const wrong = fixture('eps-inside-root');

describe('rmsproof fuzz', () => {
  test('writes the smallest program, as JSON, TypeScript and Python, and says how to repeat it', async () => {
    const out = temporaryFolder();
    const { code, stdout } = await rmsproof('fuzz', wrong, '--seed', '3', '--out', out);
    expect(code).toBe(1);
    expect(stdout).toMatch(/differs from port,\s+after\s+\d+\s+programs/);
    expect(stdout).toMatch(/--seed 3 --path [\d:]+/);
    for (const file of ['counterexample.json', 'counterexample.mts', 'counterexample.py'])
      expect(stdout).toContain(join(out, file));
    const shown = execFileSync(process.execPath, ['--import', 'tsx', join(out, 'counterexample.mts')], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    });
    expect(shown).toMatch(/step 1 p\d \[/);
    const { code: differs } = await rmsproof('diff', 'port', wrong, '--file', join(out, 'counterexample.json'));
    expect(differs).toBe(1);
    for (const python of pythons)
      expect(execFileSync(python, [join(out, 'counterexample.py')], { encoding: 'utf8' })).toMatch(/step 1 p\d/);
  });

  test('exits 0 where nothing differs', async () => {
    const { code, stdout } = await rmsproof(
      'fuzz',
      fixture('typed-arrays'),
      '--runs',
      '200',
      '--seed',
      '1',
      '--out',
      temporaryFolder(),
    );
    expect(stdout).toContain('200 programs, no difference between');
    expect(code).toBe(0);
  });

  test('ends after --minutes', async () => {
    const { code } = await rmsproof(
      'fuzz',
      fixture('typed-arrays'),
      '--runs',
      '20',
      '--minutes',
      '1',
      '--out',
      temporaryFolder(),
    );
    expect(code).toBe(0);
  });

  test.each([
    [['fuzz', 'nope'], 2, 'there is no subject nope; expected one of port, torch'],
    [['fuzz', 'port', '--runs', 'many'], 2, '--runs: expected a whole number from 1, got many'],
    [['fuzz', 'port', '--path', '1:0'], 2, '--path needs the --seed that it belongs to'],
    [['fuzz', 'port', '--python', 'x'], 2, '--python is for the subject torch, got port and port'],
  ])('%j exits %i', async (args, code, message) => {
    expect(await rmsproof(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) });
  });
});

test('the command that repeats a counterexample has the options that it was found with', async () => {
  const { stdout } = await rmsproof(
    ...['fuzz', wrong, '--seed', '3', '--arithmetic', 'fused', '--version', '2.1.2', '--timeout', '30'],
    ...['--out', temporaryFolder()],
  );
  expect(stdout).toMatch(/--seed 3 --path [\d:]+ --arithmetic fused --version 2\.1\.2 --timeout 30$/m);
});

test('the three files of a counterexample hold the same program', async () => {
  const out = temporaryFolder();
  await rmsproof('fuzz', wrong, '--seed', '3', '--out', out);
  const { tensors } = JSON.parse(readFileSync(join(out, 'counterexample.json'), 'utf8')) as {
    tensors: Record<string, { bits: string }>;
  };
  for (const file of ['counterexample.mts', 'counterexample.py'])
    for (const { bits } of Object.values(tensors)) expect(readFileSync(join(out, file), 'utf8')).toContain(`'${bits}'`);
});

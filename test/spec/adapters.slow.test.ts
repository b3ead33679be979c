/**
 * The ports that spec/protocol.md shows, and the numeric model in an ordinary Python: all by the protocol alone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { modelText, shimWorld } from '../../src/subject/pyodide/world.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const adapter = (name: string): string => fileURLToPath(new URL(`../../spec/adapters/${name}`, import.meta.url));
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

/** The counts of a check of everything, fresh programs included. */
async function checked(...args: readonly string[]): Promise<readonly [code: number, verdict: string]> {
  const { code, stdout, stderr } = await rmsproof('check', '--exact', ...args);
  expect(stderr).toBe('');
  return [code, /\n([A-Z ]+ {2}.*)\n/.exec(stripVTControlCharacters(stdout))?.[1] ?? stdout];
}

const CONFORMS = /^CONFORMS {2}\d{3} cases exact, [\d,]+ unsupported; 1\d\d,\d{3} numbers, 0 differing$/;

test.runIf(has('python3'))('the port in Python is exact in all that it claims', async () => {
  expect(await checked('--command', `python3 ${adapter('rmsprop.py')}`)).toEqual([0, expect.stringMatching(CONFORMS)]);
});

const compiler = process.env['CC'] ?? 'cc';

test.runIf(has(compiler))('the port in C compiles without a warning, and is exact in all that it claims', async () => {
  const program = join(temporaryFolder(), 'rmsprop');
  const flags = ['-std=c11', '-Wall', '-Wextra', '-pedantic', '-Werror', '-O2', '-ffp-contract=off'];
  execFileSync(compiler, [...flags, '-o', program, adapter('rmsprop.c'), '-lm'], { stdio: 'inherit' });
  expect(await checked('--command', program)).toEqual([0, expect.stringMatching(CONFORMS)]);
});

describe.runIf(has('python3'))('the numeric model', () => {
  const newEnough = spawnSync('python3', ['-c', 'from math import fma']).status === 0;
  const command = (): string => {
    const folder = temporaryFolder();
    for (const [path, text] of shimWorld(new Map([['optim/__init__.py', modelText()]])).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return `python3 ${join(folder, 'serve.py')}`;
  };

  test.runIf(newEnough)('follows every arithmetic in an ordinary Python', async () => {
    const only = ['--only', 'step/flags-float32/*foreach=none', '--fresh', '20'];
    const [code, verdict] = await checked('--command', command(), ...only);
    expect([code, verdict]).toEqual([0, expect.stringMatching(/^CONFORMS {2}48 cases exact; .* 0 differing$/)]);
  });

  test.skipIf(newEnough)('refuses a Python that is too old, by the protocol', async () => {
    const line = command();
    const { code, stderr } = await rmsproof('check', '--command', line);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`${line}: ImportError: cannot import name 'fma'`)]);
  });
});

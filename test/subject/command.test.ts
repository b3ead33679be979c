/**
 * Ports in other languages on the command line; what they may not do is in test/cli/check.slow.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { validate } from '../../src/scenario/schema.ts';
import { commandSource } from '../../src/subject/command.ts';
import { rmsproof } from '../fixtures/cli.ts';

const python = `python3 ${fileURLToPath(new URL('../../spec/adapters/rmsprop.py', import.meta.url))}`;
const only = ['--only', 'step/dense-float32/momentum'];

describe.runIf(spawnSync('python3', ['--version']).status === 0)('check --command', () => {
  test('judges a program, and names it', async () => {
    const { code, stdout } = await rmsproof('check', '--command', python, ...only);
    const text = stripVTControlCharacters(stdout);
    expect(text).toMatch(/^rmsprop\.py \(python3 .*\) 1\.0\n/);
    expect(text).toContain('CONFORMS  1 cases exact; 336 numbers, 0 differing');
    expect(code).toBe(0);
  });

  test('says of a program that lacks objects that such cases are unsupported', async () => {
    const { code, stdout } = await rmsproof('check', '--command', python, '--only', 'hooks/kinds/*');
    expect(stripVTControlCharacters(stdout)).toContain('NO CASE RAN  the port claims too little for any of them');
    expect(code).toBe(3);
  });

  test('repeats a failure by the same command', async () => {
    const command = `RMSPROOF_TEST=1 ${python}`;
    const { stdout } = await rmsproof(
      'check',
      '--command',
      command,
      '--ulp',
      '0.0001',
      '--reference',
      '*/fused',
      ...only,
    );
    expect(stripVTControlCharacters(stdout)).toContain(
      `npx rmsproof check --command '${command}' --ulp 0.0001 --reference 'torch-2.1.2/fused' --only`,
    );
  });

  test('takes programs in fuzz and diff too', async () => {
    const fuzz = await rmsproof('fuzz', `command:${python}`, '--runs', '20', '--seed', '1');
    expect([fuzz.code, fuzz.stdout]).toEqual([0, expect.stringContaining('20 programs, no difference')]);
    const diff = await rmsproof('diff', 'port', `command:${python}`, ...only);
    expect([diff.code, diff.stderr]).toEqual([0, '']);
  });

  test('closes a source of which nothing was opened', async () => {
    const source = await commandSource(python);
    expect([source.name, source.followsTarget]).toEqual([python, false]);
    await source.close!();
  });
});

test.each([
  [['check', 'a.ts', '--command', 'x'], 'expected a port or --command, got both'],
  [['check', '--subject', 'port', '--command', 'x'], 'expected --command or --subject, got both'],
  [['fuzz', 'nobody'], 'expected one of port, torch, pyodide, pyodide:source, the path of a module, or command:LINE'],
])('%j is wrong usage', async (args, message) => {
  expect(await rmsproof(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
});

describe('the schema of the protocol', () => {
  const admits = (message: unknown): boolean => {
    try {
      validate('protocol', message, 'message');
      return true;
    } catch {
      return false;
    }
  };
  const scenario = {
    id: 'a/b',
    tensors: { w: { dtype: 'float32', shape: [1], bits: '3f800000' } },
    gradients: {},
    program: [{ op: 'optimizer', params: ['$w'], options: {} }],
  };

  test.each([
    { hello: { protocol: 2 } },
    { hello: { protocol: 2, target: { version: '2.15.0', arithmetic: 'fused' } } },
    { run: scenario },
    { bye: {} },
    { hello: { name: 'x', claims: ['numbers'] } },
    { hello: { name: 'x', version: '1', claims: [], objects: true, follows: true } },
    { refusal: { reason: 'no-gpu', message: 'there is none' } },
    { id: 'a/b', observations: [{}, { error: { type: 'E', message: '' } }] },
    { id: 'a/b', failure: 'unknown operation' },
  ])('admits %j', (message) => {
    expect(admits(message)).toBe(true);
  });

  test.each([
    { hello: { protocol: 1 } },
    { hello: { name: 'x' } },
    { hello: { name: 'x', claims: 'numbers' } },
    { run: { ...scenario, program: [{ op: 'dance' }] } },
    { id: 'a/b' },
    { id: 'a/b', observations: [{ steps: [{ w: 'one' }] }] },
    { id: 1, observations: [] },
    { refusal: { reason: 'No GPU', message: 'there is none' } },
    { bye: 1 },
  ])('does not admit %j', (message) => {
    expect(admits(message)).toBe(false);
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { fakePython, hello } from '../fixtures/fake-python.ts';
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
    [
      ['diff', 'port', 'port', '--file', 'x', '--only', 'y'],
      2,
      '--only is for golden scenarios; --file compares on its own',
    ],
    [['diff', 'port', 'port', '--file', 'x', '--golden', 'y'], 2, '--golden is for golden scenarios'],
    [['diff', 'port', 'port', '--timeout', '1'], 2, '--timeout is for modules, got port and port'],
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

test('the command that repeats a counterexample has the options that it was found with', async () => {
  const { stdout } = await rmsproof(
    ...['fuzz', wrong, '--seed', '3', '--arithmetic', 'fused', '--version', '2.1.2', '--timeout', '30'],
    ...['--out', temporaryFolder()],
  );
  expect(stdout).toMatch(/--seed 3 --path [\d:]+ --arithmetic fused --version 2\.1\.2 --timeout 30$/m);
});

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
});

describe('rmsproof promote', () => {
  const scenario = {
    id: 'fuzz/found/program',
    tensors: { p0: { dtype: 'float32', shape: [1], bits: '3f800000', parameter: true } },
    gradients: {},
    program: [{ op: 'read', tensors: ['p0'] }],
  };
  const golden = (): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'references.json'), '{ "format": 1, "inputs": {}, "references": {} }');
    return folder;
  };
  const file = (): string => {
    const path = join(temporaryFolder(), 'counterexample.json');
    writeFileSync(path, JSON.stringify(scenario));
    return path;
  };

  test('records a counterexample into a golden file of its own', async () => {
    const folder = golden();
    const references = { format: 1, inputs: {}, references: {} as Record<string, unknown> };
    const provenance = Object.fromEntries(
      ['torch', 'git', 'python', 'numpy', 'device', 'capability', 'sqrt'].map((key) => [key, 'x']),
    );
    for (const arithmetic of ['separate', 'fused'])
      references.references[`torch-2.13.0/${arithmetic}`] = { provenance, recorder: '0'.repeat(64), observed: {} };
    writeFileSync(join(folder, 'references.json'), JSON.stringify(references));
    const python = fakePython(`${hello('2.13.0')} answer({ id: r.id, observations: [{ value: { $dict: [] } }] });`);
    const { code, stdout } = await rmsproof(
      'promote',
      file(),
      '--name',
      'odd-one',
      '--clauses',
      'RMS-1',
      '--golden',
      folder,
      '--python',
      python,
    );
    expect(stdout).toContain('written  ');
    expect(code).toBe(0);
    const { cases } = readGolden(folder);
    expect(cases).toMatchObject([{ id: 'found/odd-one/program', clauses: ['RMS-1'], needs: ['numbers', 'float32'] }]);
    expect([...cases[0]!.observed.keys()]).toEqual(['torch-2.13.0/fused', 'torch-2.13.0/separate']);
    const again = await rmsproof(
      'promote',
      file(),
      '--name',
      'odd-one',
      '--clauses',
      'RMS-1',
      '--golden',
      folder,
      '--python',
      python,
    );
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('ids are immutable') });
  });

  test('leaves nothing behind where PyTorch cannot be run', async () => {
    const folder = golden();
    const { code } = await rmsproof(
      'promote',
      file(),
      '--name',
      'odd-one',
      '--clauses',
      'RMS-1',
      '--golden',
      folder,
      '--python',
      '/no/python',
    );
    expect(code).toBe(3);
    expect(existsSync(join(folder, 'found', 'odd-one.json'))).toBe(false);
  });

  test('refuses a name that is no slug', async () => {
    expect(await rmsproof('promote', file(), '--name', 'Odd One', '--clauses', 'RMS-1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--name: expected letters, digits and hyphens'),
    });
  });
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

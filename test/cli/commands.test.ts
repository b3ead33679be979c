import { describe, expect, test } from 'vitest';
import { matches } from '../../src/cli/select.ts';
import { rmsproof } from '../fixtures/cli.ts';

describe('rmsproof list', () => {
  test('prints ids and needs', async () => {
    const { code, stdout } = await rmsproof('list', 'step/flags-float32/plain*');
    expect(stdout.split('\n')[0]).toBe('step/flags-float32/plain+foreach=none  [numbers float32 none-gradients]');
    expect(code).toBe(0);
  });

  test('exits 3 where a glob matches nothing', async () => {
    expect(await rmsproof('list', 'x*')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no case matches x*'),
    });
  });
});

describe('rmsproof show', () => {
  test('prints a case in decimals', async () => {
    const { code, stdout } = await rmsproof('show', 'step/flags-float32/momentum+foreach=false');
    expect(stdout).toContain('0  optimizer params=["$scalar", "$vector", "$matrix"]');
    expect(stdout).toContain('observed by ');
    expect(stdout).toMatch(/step 1 {2}scalar = -?\d\.\d+/);
    expect(code).toBe(0);
  });

  test('prints what an operation threw', async () => {
    const { stdout } = await rmsproof('show', 'step/refused-float32/capturable-plain+foreach=false');
    expect(stdout).toContain('throws AssertionError: If capturable=True');
    expect(stdout).toContain('skipped: its optimizer could not be made');
  });

  test('lists the cases of a clause', async () => {
    const { stdout } = await rmsproof('show', 'RMS-6');
    expect(stdout).toMatch(
      /^RMS-6 Centering subtracts the squared mean \(spec\/rmsprop\.md\), cited by \d+ cases\n {2}\w+\//,
    );
  });

  test('exits 2 for what is neither', async () => {
    expect(await rmsproof('show', 'RMS-99')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no case and no cited clause RMS-99'),
    });
  });
});

describe('rmsproof drift', () => {
  test('says that 2.1.2 and 2.13.0 give the same numbers in area step, and what else differs', async () => {
    const { code, stdout } = await rmsproof('drift', 'torch-2.1.2', 'torch-2.13.0', '--only', 'step/*');
    expect(stdout).toContain(
      'torch-2.1.2/separate -> torch-2.13.0/separate\n  416 cases, 146,944 numbers, 0 differing',
    );
    expect(stdout).toMatch(
      /from {2}TypeError: RMSprop.__init__\(\) got an unexpected keyword argument\n {10}'capturable'\n/,
    );
    expect(code).toBe(0);
  });

  test('says nothing of a reference beside itself', async () => {
    const { code, stdout } = await rmsproof(
      'drift',
      'torch-2.13.0/separate',
      'torch-2.13.0/separate',
      '--only',
      'step/*',
    );
    expect(stdout).not.toContain('such as');
    expect(code).toBe(0);
  });

  test.each([
    [['torch-1.0.0', 'torch-2.13.0'], 'no reference is called torch-1.0.0; the references are '],
    [['torch-2.11.0', 'torch-2.13.0'], 'torch-2.11.0 and torch-2.13.0 were recorded in no common arithmetic'],
  ])('exits 2 for %j', async (versions, message) => {
    expect(await rmsproof('drift', ...versions)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});

test.each([
  [['list', 'cuda/*']],
  [['show', 'step/flags-float32/momentum+foreach=false']],
  [['show', 'step/refused-float32/capturable-plain+foreach=false']],
  [['show', 'RMS-6']],
  [['drift', 'torch-2.1.2', 'torch-2.13.0']],
])('%j fits into 80 columns, but for ids that are wider', async (args) => {
  const { stdout } = await rmsproof(...args);
  const wide = stdout.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => !/^ *\w+\/\S+$/.test(line))).toEqual([]);
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
    expect(stdout).toMatch(/^rmsproof \d+\.\d+\.\d+\nreferences: torch-2\.1\.2\/fused, .*torch-2\.13\.0\/separate\n$/s);
    expect(code).toBe(0);
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

test('a glob matches whole ids; its dots and brackets are themselves', () => {
  expect(matches('step/*', 'step/a/b')).toBe(true);
  expect(matches('step', 'step/a')).toBe(false);
  expect(matches('torch-2.13.?/*', 'torch-2.13.0/fused')).toBe(true);
  expect(matches('torch-2.1.0', 'torch-2x1.0')).toBe(false);
});

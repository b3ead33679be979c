import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';

describe('rmsproof drift', () => {
  test('says that 2.1.2 and 2.13.0 give the same numbers in area step, and what else differs', async () => {
    const { code, stdout } = await rmsproof('drift', 'torch-2.1.2', 'torch-2.13.0', '--only', 'step/*');
    expect(stdout).toContain(
      'torch-2.1.2/separate -> torch-2.13.0/separate\n  476 cases, 160,704 numbers, 0 differing',
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

test.each([[['drift', 'torch-2.1.2', 'torch-2.13.0']]])(
  '%j fits into 80 columns, but for ids that are wider',
  async (args) => {
    const { stdout } = await rmsproof(...args);
    const wide = stdout.split('\n').filter((line) => line.length > 80);
    expect(wide.filter((line) => !/^ *\w+\/\S+$/.test(line))).toEqual([]);
  },
);

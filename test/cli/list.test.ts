import { describe, expect, test } from 'vitest';
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

test.each([[['list', 'cuda/*']]])('%j fits into 80 columns, but for ids that are wider', async (args) => {
  const { stdout } = await rmsproof(...args);
  const wide = stdout.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => !/^ *\w+\/\S+$/.test(line))).toEqual([]);
});

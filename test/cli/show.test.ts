import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';

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

test.each([
  [['show', 'step/flags-float32/momentum+foreach=false']],
  [['show', 'step/refused-float32/capturable-plain+foreach=false']],
  [['show', 'RMS-6']],
])('%j fits into 80 columns, but for ids that are wider', async (args) => {
  const { stdout } = await rmsproof(...args);
  const wide = stdout.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => !/^ *\w+\/\S+$/.test(line))).toEqual([]);
});

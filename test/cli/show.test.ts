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

  test('prints the text of a clause, ten cases that cite it, and how many do', async () => {
    const { code, stdout } = await rmsproof('show', 'RMS-6');
    expect(stdout).toMatch(/^RMS-6 Centering subtracts the squared mean \(spec\/rmsprop\.md\)\n\nIf `centered`, /);
    expect(stdout).toContain('    d = addcmul(v, m, m, value: -1)             v - m · m\n');
    const [, count, cases] = /\n\ncited by ([\d,]+) cases, such as\n([^]*)\n$/.exec(stdout)!;
    expect(Number(count!.replace(',', ''))).toBeGreaterThan(100);
    expect(cases!.split('\n')).toHaveLength(10);
    expect(code).toBe(0);
  });

  test('exits 2 for what is neither', async () => {
    for (const what of ['RMS-99', 'step/flags-float32/minus', 'step/nothing/at-all'])
      expect(await rmsproof('show', what)).toMatchObject({
        code: 2,
        stderr: `rmsproof: there is no case and no clause ${what}; rmsproof list shows the cases, spec/README.md the clauses\n`,
      });
  });
});

test.each([
  [['show', 'step/flags-float32/momentum+foreach=false']],
  [['show', 'step/refused-float32/capturable-plain+foreach=false']],
  [['show', 'RMS-6']],
  [['show', 'VER-1']],
])('%j fits into 80 columns, but for ids that are wider', async (args) => {
  const { stdout } = await rmsproof(...args);
  const wide = stdout.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => !/^ *\w+\/\S+$/.test(line))).toEqual([]);
});

/**
 * A stranger's port, written from the interface of ports alone, judged from its file as a reader's would be.
 */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { conforms, count } from '../../src/conformance/verdicts.ts';
import type { Conformance, Run } from '../../src/conformance/verdicts.ts';
import { readGolden } from '../../src/golden/read.ts';
import { moduleSource } from '../../src/subject/module.ts';

const path = fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url));

describe('a right port over typed arrays', () => {
  let conformance: Conformance;
  let only: Run;

  beforeAll(async () => {
    const golden = readGolden(undefined, (name) => /^step\/(flags|lr-change)-/.test(name));
    const references = ['torch-2.13.0/separate', 'torch-2.13.0/fused'];
    conformance = await run(golden, await moduleSource(path), { references });
    only = conformance.runs[0]!;
  });

  it('is named by its name and its file', () => {
    expect(conformance.subject).toEqual({ name: `typed arrays (${path})` });
  });

  it('is held against the arithmetic that rounds every operation, and no other', () => {
    expect(conformance.runs.map(({ reference, arithmetic }) => [reference, arithmetic])).toEqual([
      ['torch-2.13.0/separate', 'separate'],
    ]);
    expect(only.compared).toEqual(['numbers', 'state']);
  });

  it('is exact or unsupported in every case', () => {
    expect(only.cases.filter(({ verdict }) => verdict !== 'exact' && verdict !== 'unsupported')).toEqual([]);
    expect(count(only, 'exact')).toBeGreaterThan(40);
    expect(count(only, 'exact') + count(only, 'unsupported')).toBe(only.cases.length);
    expect(count(only, 'failed')).toBe(0);
    expect(count(only, 'broken')).toBe(0);
    expect(conforms(conformance)).toBe(true);
  });

  it('differs in no number of the many compared', () => {
    const exact = only.cases.filter(({ verdict }) => verdict === 'exact');
    expect(exact.filter(({ numbers }) => !numbers || numbers.compared === 0 || numbers.differing !== 0)).toEqual([]);
    expect(only.cases.reduce((sum, { numbers }) => sum + (numbers?.differing ?? 0), 0)).toBe(0);
  });

  it('is exact with every option, in both dtypes, and over a change of lr', () => {
    const exact = only.cases.filter(({ verdict }) => verdict === 'exact').map(({ id }) => id);
    for (const dtype of ['float32', 'float64']) {
      expect(exact).toContain(`step/flags-${dtype}/plain+foreach=none`);
      expect(exact).toContain(`step/flags-${dtype}/momentum+centered+weight_decay+maximize+foreach=none`);
      expect(exact).toContain(`step/lr-change-${dtype}/momentum+centered+maximize+foreach=false`);
    }
  });
});

describe('bounds made by a wrong port', () => {
  it('vouch for nothing: a reference outside its own bounds leaves a case failed', async () => {
    const golden = readGolden(undefined, (name) => name === 'step/flags-float32');
    const cases = golden.cases.filter(({ id }) => id.startsWith('step/flags-float32/plain'));
    const wrongBits = (text: string): string => text.replace(/[0-9a-f]{8}/, '42280000');
    const spoiled = cases.map((c) => ({
      ...c,
      observed: new Map(
        [...c.observed].map(([name, own]) => [
          name,
          JSON.parse(JSON.stringify(own).replace(/"scalar":"[0-9a-f]{8}"/, wrongBits)) as typeof own,
        ]),
      ),
    }));
    const { runs } = await run({ ...golden, cases: spoiled }, await moduleSource(path), {
      references: ['torch-2.13.0/separate'],
    });
    expect(runs[0]!.cases.filter(({ verdict }) => verdict === 'bounded' || verdict === 'exact')).toEqual([]);
  });
});

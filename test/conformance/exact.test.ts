import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exactly } from '../../src/conformance/exact.ts';
import { openJudge } from '../../src/conformance/exact-files.ts';
import { run } from '../../src/conformance/run.ts';
import { targetOf } from '../../src/conformance/verdicts.ts';
import { variants } from '../../src/conformance/variants/index.ts';
import { openGolden, readGolden } from '../../src/golden/read.ts';
import { portSource } from '../../src/subject/module.ts';
import { port } from '../../src/subject/port.ts';
import { partOfGolden } from '../fixtures/temporary.ts';

const NAMES = ['groups/iterables', 'groups/options', 'step/lr-change-float32'];
const folder = partOfGolden(...NAMES);
const { references } = openGolden(folder);
const all = Object.keys(references.references);

describe('exactly()', () => {
  test('says what run() says, however many threads there are', async () => {
    const expected = await run(readGolden(folder), port, { references: all });
    expect(expected.runs.flatMap(({ cases }) => cases).length).toBeGreaterThan(300);
    const seen: string[] = [];
    for (const threads of [1, 3])
      expect(
        await exactly(folder, 'fast', all, { threads, onProgress: (done, of) => seen.push(`${done} of ${of}`) }),
      ).toEqual(expected);
    expect(seen).toEqual(['1 of 3', '2 of 3', '3 of 3', '1 of 3', '2 of 3', '3 of 3']);
  });

  test('says nothing where a file is damaged', async () => {
    const damaged = partOfGolden(...NAMES);
    const path = join(damaged, `${NAMES[1]}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"lr": 0.', '"lr": 1.'));
    expect(await exactly(damaged, 'fast', all, { threads: 1 })).toBeUndefined();
  });
});

describe('openJudge()', () => {
  const separate = all.filter((name) => name.endsWith('/separate'));

  test('runs a case once for all targets that make no difference, and compares it once for all that observed the same', async () => {
    const count = async (sameFor: typeof port.sameFor): Promise<number> => {
      let ran = 0;
      const open: typeof port.open = async (target) => {
        const opened = await port.open(target);
        return { ...opened, run: (scenario) => ((ran += 1), opened.run(scenario)) };
      };
      const { sameFor: _, ...rest } = port;
      const source = { ...rest, open, ...(sameFor === undefined ? {} : { sameFor }) };
      const judge = await openJudge(openGolden(folder), source, separate);
      const results = await judge('groups/options');
      for (const reference of separate) expect(results!.get(reference)!.length).toBeGreaterThan(0);
      return ran;
    };
    const cases = readGolden(folder).cases.filter(({ file }) => file === 'groups/options');
    const each = cases.flatMap(({ observed }) => separate.filter((name) => observed.has(name))).length;
    expect(await count(undefined)).toBe(each);
    // 2.13, 2.14 and 2.15 are one, but for programs with sets.
    const once = await count(port.sameFor);
    expect([once < each, once >= 2 * (each / separate.length)]).toEqual([true, true]);
  });

  test.each(variants)('says nothing of a file in which $name is not exact', async ({ source }) => {
    const judge = await openJudge(openGolden(), source, ['torch-2.15.0/separate']);
    const names = ['step/flags-float32', 'numerics/negative-variance-float32'];
    expect(await Promise.all(names.map(judge))).toContain(undefined);
  });

  test('says nothing where the adapter breaks', async () => {
    const source = portSource('broken', async (target) => {
      const { supports } = await port.open(target);
      return { name: 'broken', supports, tensor: () => ({}) } as never;
    });
    const judge = await openJudge(openGolden(folder), source, separate);
    expect(await judge('groups/options')).toBeUndefined();
  });
});

test('targets that the port says are the same to it are', async () => {
  const { cases } = readGolden(folder);
  let [same, different] = [0, 0];
  for (const { scenario, observed } of cases) {
    const by = new Map<string, unknown>();
    for (const reference of observed.keys()) {
      const target = targetOf(reference);
      const key = port.sameFor!(target, scenario);
      const observations = await (await port.open(target)).run(scenario);
      if (by.has(key)) {
        same += 1;
        expect(observations, `${reference} ${scenario.id}`).toEqual(by.get(key));
      } else different += 1;
      by.set(key, observations);
    }
  }
  expect([same > 100, different > 100]).toEqual([true, true]);
});

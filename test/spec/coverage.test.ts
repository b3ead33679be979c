import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { groups } from '../../scripts/generate.ts';
import { goldenFolder, goldenPaths, readGoldenFile } from '../../src/golden/read.ts';
import { root } from '../../src/scenario/root.ts';

interface Row {
  readonly test: string;
  readonly asserts: string;
  readonly cases: readonly string[];
  readonly reason: string;
}

const page = readFileSync(new URL('spec/coverage.md', root), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (test |-+ )/.test(line))
  .map((line): Row => {
    const [test, asserts, cases, reason, ...more] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    if (more.length > 0 || reason === undefined) throw new Error(`not four cells: ${line}`);
    return { test: test!, asserts: asserts!, cases: [...cases!.matchAll(/`([^`]+)`/g)].map(([, id]) => id!), reason };
  });

const generated = groups().flatMap(({ area, name, cases }) => cases.map(({ id }) => `${area}/${name}/${id}`));
const recorded = goldenPaths(goldenFolder).flatMap((path) => readGoldenFile(path).cases.map(({ id }) => id));
const ids = [...new Set([...generated, ...recorded])];

/** Whether an id is one of those that a glob stands for. */
function matches(glob: string, id: string): boolean {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(id);
}

it('spec/coverage.md has a row for every test, each once', () => {
  const tests = rows.map(({ test }) => test);
  expect(tests.length).toBeGreaterThan(40);
  expect(tests.filter((test, i) => tests.indexOf(test) !== i)).toEqual([]);
  expect(rows.filter(({ test, asserts }) => test === '' || asserts === '')).toEqual([]);
});

it('every case that spec/coverage.md names is there', () => {
  const named = [...new Set(rows.flatMap(({ cases }) => cases))];
  expect(named.filter((glob) => !ids.some((id) => matches(glob, id)))).toEqual([]);
});

it('no row of spec/coverage.md is without cases and without a reason', () => {
  expect(rows.filter(({ cases, reason }) => cases.length === 0 && reason === '')).toEqual([]);
});

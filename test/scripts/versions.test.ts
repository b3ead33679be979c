import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { generated, kept } from '../../scripts/versions.ts';
import { changeOf, changes } from '../../scripts/versions/changes.ts';
import { page, unexplained } from '../../scripts/versions/page.ts';
import { compare, type Pair, type Row } from '../../scripts/versions/rows.ts';
import { clauses } from '../../src/golden/clauses.ts';
import { readGolden } from '../../src/golden/read.ts';

const row = (more: Partial<Row> = {}): Row => ({
  ...{ where: 'repr: repr', before: 'a', after: 'b with capturable', cases: 1, example: 'step/a/one' },
  ...more,
});
const pair = (from: string, to: string, seen: Pair['seen'], ...rows: readonly Row[]): Pair => ({
  ...{ from, to, seen, cases: 10, compared: 1000, differing: 0, rows },
});

describe('the page of versions', () => {
  test('is what its data say', async () => {
    const text = readFileSync(fileURLToPath(new URL('../../spec/versions.md', import.meta.url)), 'utf8');
    expect(text === (await generated(kept()))).toBe(true);
  });

  test('explains every row, each change with clauses that there are', () => {
    expect(kept().flatMap(unexplained)).toEqual([]);
    const rows = kept().flatMap((own) => own.rows);
    for (const change of changes) {
      expect(
        change.clauses.filter((clause) => !clauses().has(clause)),
        change.what,
      ).toEqual([]);
      expect(
        rows.some((own) => changeOf(own) === change),
        change.what,
      ).toBe(true);
    }
  });

  test('follows the versions from one recorded to the next without a gap', () => {
    const reached = new Set(['2.1.2']);
    for (const { from, to } of kept()) if (reached.has(from)) reached.add(to);
    expect([...reached]).toEqual(['2.1.2', '2.2.2', '2.4.1', '2.6.0', '2.9.1', '2.13.0', '2.14.1', '2.15.0']);
  });
});

describe('a page', () => {
  test('has the newest version first, and one row for what one change did', () => {
    const text = page([
      pair('2.1.2', '2.2.2', 'source', row()),
      pair('2.9.1', '2.10.0', 'source', row({ cases: 4 }), row({ cases: 2, where: 'look: keys' })),
    ]);
    expect(text.match(/^## .*/gm)).toEqual(['## 2.9.1 to 2.10.0', '## 2.1.2 to 2.2.2']);
    expect(text).toMatch(
      /\| 6 \| There is the option `capturable` \| .* \| repr: repr: a \| b with capturable \| `step\/a\/one` \|/,
    );
  });

  test('shows what nobody has explained with an empty column', () => {
    const unknown = row({ where: 'look: value', before: 'x', after: 'y' });
    expect(page([pair('2.1.2', '2.2.2', 'source', unknown)])).toContain(
      '| 1 |  |  | look: value: x | y | `step/a/one` |',
    );
    expect(unexplained(pair('2.1.2', '2.2.2', 'source', unknown, row()))).toEqual([unknown]);
  });

  test('shows what kernels changed between recorded versions alone, and what Python changed where it is seen closest', () => {
    const kernels = row({ where: 'step: the operation', before: 'needs_dynamic_casting', after: 'no error' });
    const text = page([
      pair('2.1.2', '2.4.1', 'source', row(), kernels),
      pair('2.4.1', '2.13.0', 'source'),
      pair('2.1.2', '2.13.0', 'recorded', row(), kernels),
    ]);
    const [, closest, recorded, first] = text.split(/^## /m);
    expect(closest).toMatch(/^2\.4\.1 to 2\.13\.0\n[^|]*Nothing changed\./);
    expect(recorded).toMatch(/^2\.1\.2 to 2\.13\.0, in the kernels\n/);
    expect([recorded, first].map((section) => section!.includes('option `capturable`'))).toEqual([false, true]);
    expect([recorded, first].map((section) => section!.includes('Operations of three tensors'))).toEqual([true, false]);
  });
});

test('recorded versions are compared in every arithmetic that both have', async () => {
  const golden = readGolden(undefined, (name) => name === 'errors/params');
  const [compared] = await compare(['torch-2.14.1', 'torch-2.15.0'], golden);
  expect(compared).toMatchObject({ from: '2.14.1', to: '2.15.0', seen: 'recorded', differing: 0 });
  expect(compared!.rows.map(({ where }) => where)).toEqual(['optimizer: warnings']);
  await expect(compare(['torch-2.11.0', 'torch-2.15.0'], golden)).rejects.toThrow(
    'torch-2.11.0 and torch-2.15.0 were recorded in no common arithmetic',
  );
});

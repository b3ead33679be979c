import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { goldenFolder, goldenPaths } from '../../src/golden/folder.ts';
import { readGoldenFile } from '../../src/golden/read.ts';
import { root } from '../../src/scenario/root.ts';

/** What has the form of a clause's id and is none. */
const NO_CLAUSES = new Set(['SHA-256', 'AVX-512', 'UTF-8', 'CRC-32']);

/** Clauses that no line of the port follows by itself: what else the port does amounts to them. */
const NO_LINE: Readonly<Record<string, string>> = {
  'GRP-10': 'Every optimizer is constructed with groups and a state of its own, and keeps them nowhere else.',
  'HKS-20': 'Hooks and closures are called like any function, and what they call does not ask who calls it.',
};

const repository = fileURLToPath(root);

function files(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => join(folder, path))
    .sort();
}

/** The ids that a file mentions, each as "id in file". */
function mentions(path: string): string[] {
  const found = readFileSync(join(repository, path), 'utf8').match(/\b[A-Z]{3}-\d+\b/g) ?? [];
  return [...new Set(found)].filter((id) => !NO_CLAUSES.has(id)).map((id) => `${id} in ${path}`);
}

const pages = files('spec', ['.md']);
const headings = pages.flatMap((path) =>
  [...readFileSync(join(repository, path), 'utf8').matchAll(/^### ([A-Z]{3}-\d+) \S/gm)].map(([, id]) => id!),
);
const known = new Set(headings);

/** Clauses that the page of the clauses lists as retired. */
const retired = new Set(
  [
    ...readFileSync(join(repository, 'spec/README.md'), 'utf8').matchAll(
      /^\| `([A-Z]{3}-)(\d+)`(?: to `[A-Z]{3}-(\d+)`)? /gm,
    ),
  ].flatMap(([, letters, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${letters!}${Number(first) + i}`),
  ),
);
const cited = new Map(
  goldenPaths(goldenFolder)
    .flatMap((path) => readGoldenFile(path).cases)
    .flatMap(({ id, clauses }) => clauses.map((clause) => [clause, id] as const)),
);

it('no two headings of spec/*.md have the same id', () => {
  expect(headings.filter((id, i) => headings.indexOf(id) !== i)).toEqual([]);
});

it('every clause that a golden case cites is a heading in spec/*.md', () => {
  expect([...cited].filter(([clause]) => !known.has(clause))).toEqual([]);
});

it('every heading is cited by a golden case', () => {
  expect(headings.filter((id) => !cited.has(id))).toEqual([]);
});

it('every clause that source code mentions is a heading in spec/*.md', () => {
  const found = files('src', ['.ts', '.py']).flatMap(mentions);
  expect(found.filter((mention) => !known.has(mention.split(' ')[0]!))).toEqual([]);
});

it('no id of a retired clause is used again', () => {
  expect(retired.size).toBeGreaterThan(0);
  expect([...retired].filter((id) => known.has(id) || cited.has(id))).toEqual([]);
});

const ported = new Set(
  ['src/optim', 'src/autograd', 'src/tensor', 'src/python']
    .flatMap((folder) => files(folder, ['.ts']).flatMap(mentions))
    .map((mention) => mention.split(' ')[0]!),
);

it('every heading is cited by the port, unless there is a reason why no line of it can', () => {
  expect(headings.filter((id) => !ported.has(id) && !Object.hasOwn(NO_LINE, id))).toEqual([]);
});

it('what has such a reason is a heading, and the port does not cite it', () => {
  expect(Object.keys(NO_LINE).filter((id) => !known.has(id) || ported.has(id))).toEqual([]);
});

it('every clause that a page of spec/ mentions is a heading', () => {
  const list = new Set([...retired].map((id) => `${id} in spec/README.md`));
  expect(pages.flatMap(mentions).filter((mention) => !known.has(mention.split(' ')[0]!) && !list.has(mention))).toEqual(
    [],
  );
});

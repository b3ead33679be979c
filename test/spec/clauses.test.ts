import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { goldenFolder, goldenPaths, readGoldenFile } from '../../src/golden/read.ts';
import { root } from '../../src/scenario/root.ts';

/** Clauses that no golden case cites yet, and why. An entry that a case cites must go. */
const awaiting = [
  ['RMS-11', 'which tensors keep their identity shows in the areas that look at objects'],
  ['RMS-16', 'several groups and closures have an area of their own'],
  ['OPT-1', 'the order of the defaults shows in the areas that read groups'],
  ['OPT-3', 'the messages of the constructor have an area of their own'],
  ['VER-1', 'a table of what other clauses say; their cases test it'],
  ['NUM-1', 'names the arithmetics; every case is recorded in each'],
  ['NUM-2', 'every number tests it; area numerics has the telling scalars'],
  ['NUM-3', 'every number of a separate reference tests it; area numerics has the telling values'],
  ['NUM-4', 'every number of a fused reference tests it; area numerics has the telling values'],
  ['NUM-7', 'area numerics has tensors of more than a block, and layouts'],
] as const;

/** Clauses that source code cites ahead of their page, and which page that is. An entry that has a heading must go. */
const unwritten = [
  ['GRP-1', 'page on parameter groups'],
  ['GRP-2', 'page on parameter groups'],
  ['OPT-7', 'page on parameter groups: named parameters'],
  ['ERR-2', 'page on errors and printing'],
] as const;

/** What has the form of a clause's id and is none. */
const NO_CLAUSES = new Set(['SHA-256', 'AVX-512', 'UTF-8']);

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

it('every heading is cited by a golden case, but for those that await one', () => {
  const waiting = new Set<string>(awaiting.map(([id]) => id));
  expect(headings.filter((id) => !cited.has(id) && !waiting.has(id))).toEqual([]);
});

it('no clause that awaits its case has one, or is missing', () => {
  expect(awaiting.filter(([id]) => cited.has(id) || !known.has(id))).toEqual([]);
});

it('every clause that source code mentions is a heading in spec/*.md, but for those whose page is to come', () => {
  const ahead = new Set<string>([...known, ...unwritten.map(([id]) => id)]);
  const found = files('src', ['.ts', '.py']).flatMap(mentions);
  expect(found.filter((mention) => !ahead.has(mention.split(' ')[0]!))).toEqual([]);
});

it('no clause whose page is to come has a heading', () => {
  expect(unwritten.filter(([id]) => known.has(id))).toEqual([]);
});

it('every clause that a page of spec/ mentions is a heading', () => {
  expect(pages.flatMap(mentions).filter((mention) => !known.has(mention.split(' ')[0]!))).toEqual([]);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../../src/scenario/root.ts';

const specPages = readdirSync(new URL('spec/', root)).filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...specPages.map((name) => `spec/${name}`)];
const read = (page: URL): string => readFileSync(page, 'utf8').replaceAll(/^```[^]*?^```/gm, '');

/** The anchors of a page, one for each heading, as GitHub makes them. */
function anchors(page: URL): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

const links = pages.flatMap((page) =>
  [...read(new URL(page, root)).matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, to, anchor]) => {
    const from = new URL(page, root);
    return {
      page,
      link: `${to}${anchor === undefined ? '' : `#${anchor}`}`,
      to: to === '' ? from : new URL(to!, from),
      anchor,
    };
  }),
);

it('every link of a page leads to a file that is there', () => {
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter(({ to }) => !existsSync(to)).map(({ page, link }) => `${page}: ${link}`)).toEqual([]);
});

it('every link to a part of a page leads to a heading', () => {
  const dangling = links.filter(({ to, anchor }) => anchor !== undefined && !anchors(to).includes(anchor));
  expect(dangling.map(({ page, link }) => `${page}: ${link}`)).toEqual([]);
});

it('every file of code that a page names is there', () => {
  const named = pages.flatMap((page) =>
    [...read(new URL(page, root)).matchAll(/`((?:src|scripts|test|spec|golden|\.ci)\/[\w./-]+)`/g)].map(([, path]) => ({
      page,
      path: path!,
    })),
  );
  expect(named.length).toBeGreaterThan(10);
  // Words in capitals stand for others.
  const strange = named.filter(({ path }) => !/\b[A-Z]+\b/.test(path) && !existsSync(new URL(path, root)));
  expect(strange.map(({ page, path }) => `${page}: ${path}`)).toEqual([]);
});

it('spec/README.md lists every page, and every kind of clause with its page', () => {
  const list = read(new URL('spec/README.md', root));
  expect(specPages.filter((name) => name !== 'README.md' && !list.includes(`| [${name}](${name})`))).toEqual([]);
  const clauses = specPages.flatMap((name) =>
    [...read(new URL(`spec/${name}`, root)).matchAll(/^### ([A-Z]{3})-\d+ /gm)].map(
      ([, letters]) => [letters!, name] as const,
    ),
  );
  const rows = new Map([...list.matchAll(/^\| `([A-Z]{3})` .*$/gm)].map(([row, letters]) => [letters!, row]));
  expect(clauses.filter(([letters, name]) => !rows.get(letters)?.includes(`[${name}](${name})`))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACETS, membersFor, NEEDS, PROFILES, profilesOf } from '../../src/scenario/needs.ts';
import { root } from '../../src/scenario/root.ts';

const page = readFileSync(new URL('spec/needs.md', root), 'utf8');

/** The rows of the tables under a heading: cells, words without their quotes. */
function rows(heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (`.*) \|$/gm)].map(([, row]) =>
    row!.split(' | ').map((cell) => cell.replaceAll('`', '').trim()),
  );
}

it('spec/needs.md lists the profiles in their order', () => {
  expect(rows('Profiles').map(([profile]) => profile)).toEqual(PROFILES);
});

it.each([
  ['Facets', FACETS],
  ['Features', NEEDS.filter((need) => !(FACETS as readonly string[]).includes(need))],
])(
  'spec/needs.md lists under %s what the table of src/scenario/needs.ts does, with its profiles and members',
  (heading, needs) => {
    expect(rows(heading).map((cells) => cells.slice(0, 3))).toEqual(
      needs.map((need) => [need, profilesOf(need).join(', '), membersFor(need).join(', ')]),
    );
  },
);

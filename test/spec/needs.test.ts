import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACETS, FEATURES } from '../../src/scenario/needs.ts';
import { root } from '../../src/scenario/root.ts';

const page = readFileSync(new URL('spec/needs.md', root), 'utf8');

/** The first column of the tables under a heading. */
function listed(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` +\| /gm)].map(([, need]) => need!);
}

it('spec/needs.md lists the facets of src/scenario/needs.ts, each once', () => {
  expect(listed('Facets').sort()).toEqual([...FACETS].sort());
});

it('spec/needs.md lists the features of src/scenario/needs.ts, each once', () => {
  expect(listed('Features').sort()).toEqual([...FEATURES].sort());
});

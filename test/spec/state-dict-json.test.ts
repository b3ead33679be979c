import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../../src/scenario/root.ts';
import { fromJSON } from '../../src/state-dict/json.ts';
import { CODES } from '../../src/validation/finding.ts';
import { validateStateDict } from '../../src/validation/validate.ts';

const page = readFileSync(new URL('spec/state-dict-json.md', root), 'utf8');

test('the page names every code of a finding, and no other', () => {
  const table = page.slice(page.indexOf('| code '));
  const named = [...table.matchAll(/^\| (`[^|]*?) +\|/gm)].flatMap(([, cell]) => cell!.match(/[\w-]{2,}/g)!);
  expect(named.sort()).toEqual(Object.keys(CODES).sort());
});

test("the page's example is in the format, and there is nothing to find in it", () => {
  const [, text] = /```json\n([^`]*)```/.exec(page)!;
  const json = JSON.parse(text!) as unknown;
  expect(fromJSON(json)).toMatchObject({ param_groups: [{ lr: 0.01 }] });
  expect(validateStateDict(json).findings).toEqual([]);
});

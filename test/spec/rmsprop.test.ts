import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { versions } from '../../src/optim/versions.ts';

const page = readFileSync(join(import.meta.dirname, '../../spec/rmsprop.md'), 'utf8');

test('the table of clause VER-1 has a row for every difference that the port knows, and no other', () => {
  const table = page.slice(page.indexOf('### VER-1'));
  const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, row]) => row);
  expect(rows.toSorted()).toEqual(Object.keys(versions['2.13']).toSorted());
  expect(Object.keys(versions['2.1'])).toEqual(Object.keys(versions['2.13']));
});

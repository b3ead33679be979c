import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { versions } from '../../src/optim/versions.ts';
import { aten } from '../../src/tensor/aten.ts';

const page = readFileSync(join(import.meta.dirname, '../../spec/rmsprop.md'), 'utf8');

test('the table of clause VER-1 has a row for every difference that the port knows, and no other', () => {
  const table = page.slice(page.indexOf('### VER-1'));
  const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, row]) => row);
  const known = (['2.1', '2.15'] as const).map((version) => Object.keys({ ...versions[version], ...aten[version] }));
  expect(rows.toSorted()).toEqual(known[1]!.toSorted());
  expect(known[0]).toEqual(known[1]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileOf, groups } from '../../scripts/generate.ts';
import { format } from '../../src/golden/format.ts';
import { goldenFolder } from '../../src/golden/folder.ts';

test('golden files are what the generators make', () => {
  for (const group of groups())
    expect(
      format(fileOf(group)) === readFileSync(`${goldenFolder}${group.area}/${group.name}.json`, 'utf8'),
      group.name,
    ).toBe(true);
});

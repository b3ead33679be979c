import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { format } from '../../src/golden/format.ts';
import { goldenFolder, goldenPaths } from '../../src/golden/folder.ts';
import { readGoldenFile } from '../../src/golden/read.ts';

test('golden files stand in canonical formatting', () => {
  for (const path of goldenPaths(goldenFolder))
    expect(format(readGoldenFile(path)) === readFileSync(path, 'utf8'), path).toBe(true);
});

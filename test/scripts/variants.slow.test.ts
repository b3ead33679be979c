/**
 * The whole score of the diagnosis: no cell of spec/variants.md gets worse.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../../scripts/mutation/mutants.ts';
import { COMBINATIONS, nameOf, SINGLES } from '../../scripts/variants/list.ts';
import { resultOn } from '../../scripts/variants/page.ts';
import { SPELLINGS } from '../../scripts/variants/ports.ts';
import { Score } from '../../scripts/variants/score.ts';
import { readGolden } from '../../src/golden/read.ts';

test('every wrong port is scored as the page says', async () => {
  const written = readFileSync(join(repository, 'spec/variants.md'), 'utf8');
  const score = await Score.over(readGolden());
  const others: string[] = [];
  for (const truth of [...SINGLES, ...COMBINATIONS])
    for (const spelling of SPELLINGS) {
      const { result, says } = await score.of(spelling, truth);
      const before = resultOn(written, truth, spelling);
      if (result !== before) others.push(`${nameOf(truth)} in ${spelling}: ${result}, not ${before}: ${says}`);
    }
  expect(others).toEqual([]);
});

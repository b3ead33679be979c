/**
 * The score of the diagnosis: no cell of spec/variants.md gets worse. All cells take minutes, and are looked at where everything is
 * asked for (RMSPROOF_ALL=1); else every sixth is.
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

const EVERY = process.env['RMSPROOF_ALL'] === '1' ? 1 : 6;

test('every wrong port is scored as the page says', async () => {
  const written = readFileSync(join(repository, 'spec/variants.md'), 'utf8');
  const score = await Score.over(readGolden());
  const others: string[] = [];
  const cells = [...SINGLES, ...COMBINATIONS].flatMap((truth) => SPELLINGS.map((spelling) => ({ truth, spelling })));
  // Shifted by one from six to six, so that all spellings are among them.
  for (const { truth, spelling } of cells.filter((_, i) => (i + Math.floor(i / 6)) % EVERY === 0)) {
    const { result, says } = await score.of(spelling, truth);
    const before = resultOn(written, truth, spelling);
    if (result !== before) others.push(`${nameOf(truth)} in ${spelling}: ${result}, not ${before}: ${says}`);
  }
  expect(others).toEqual([]);
});

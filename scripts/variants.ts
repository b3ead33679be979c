/**
 * Whether the diagnosis names what is wrong, tried on every wrong value and on pairs and triples, in three spellings.
 *
 *     npm run variants                       writes spec/variants.md; exit status 1 if something is missed
 *     npm run variants -- --again PATTERN    the same; what the page has right is not run again, unless its name has the pattern
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { readGolden } from '../src/golden/read.ts';
import { COMBINATIONS, nameOf, SINGLES } from './variants/list.ts';
import { page, resultOn } from './variants/page.ts';
import { SPELLINGS } from './variants/ports.ts';
import { Score, type Scored } from './variants/score.ts';

const score = await Score.over(readGolden());
const path = fileURLToPath(new URL('../spec/variants.md', import.meta.url));
const { again } = parseArgs({ options: { again: { type: 'string' } } }).values;
const written = again === undefined ? '' : readFileSync(path, 'utf8');
const scores: Scored[] = [];
for (const truth of [...SINGLES, ...COMBINATIONS])
  for (const spelling of SPELLINGS) {
    const known = resultOn(written, truth, spelling);
    const isRight = known === 'named' || known === 'passed' || known === 'departure';
    const scored =
      isRight && !nameOf(truth).includes(again!)
        ? { spelling, truth, result: known, says: '' }
        : await score.of(spelling, truth);
    scores.push(scored);
    if (scored.result === 'missed') {
      console.log(`MISSED ${nameOf(truth)} in ${spelling}: ${scored.says}`);
      process.exitCode = 1;
    }
  }
const text = await prettier.format(page(scores), { ...(await prettier.resolveConfig(path)), parser: 'markdown' });
writeFileSync(path, text);

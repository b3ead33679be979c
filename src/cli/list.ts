/**
 * `rmsproof list [GLOB]`: the ids of the cases, and what they need.
 */
import { readGolden } from '../golden/read.ts';
import { wrap } from '../report/wrap.ts';
import { EXIT } from './exit-codes.ts';
import { selectCases } from './select.ts';

/** Runs the command. */
export function list(only: string | undefined, options: { readonly golden: string }): number {
  for (const { id, needs } of selectCases(readGolden(options.golden), only)) {
    const what = `[${needs.join(' ')}]`;
    if (`${id}  ${what}`.length <= 80) console.log(`${id}  ${what}`);
    else console.log([id, ...wrap(`    ${what}`, '    ')].join('\n'));
  }
  return EXIT.ok;
}

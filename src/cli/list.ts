/**
 * `rmsproof list [GLOB]`: the ids of the cases, and what they need.
 */
import { readCaseLines } from '../golden/read.ts';
import { wrap } from '../report/wrap.ts';
import { EXIT } from './exit-codes.ts';
import { filesOf, selectCases } from './select.ts';

/** Runs the command. */
export function list(only: string | undefined, options: { readonly golden: string }): number {
  const lines = selectCases(readCaseLines(options.golden, filesOf(only)), only).flatMap(({ id, needs }) => {
    const what = `[${needs.join(' ')}]`;
    return `${id}  ${what}`.length <= 80 ? [`${id}  ${what}`] : [id, ...wrap(`    ${what}`, '    ')];
  });
  console.log(lines.join('\n'));
  return EXIT.ok;
}

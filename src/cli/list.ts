/**
 * `rmsproof list [GLOB]`: the ids of the cases, and what they need.
 */
import { readGolden } from '../golden/read.ts';
import { EXIT } from './exit-codes.ts';
import { selectCases } from './select.ts';

/** Runs the command. */
export function list(only: string | undefined, options: { readonly golden: string }): number {
  for (const { id, needs } of selectCases(readGolden(options.golden), only)) console.log(`${id}  [${needs.join(' ')}]`);
  return EXIT.ok;
}

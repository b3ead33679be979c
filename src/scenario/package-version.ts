/**
 * The version of this package.
 */
import { readFileSync } from 'node:fs';
import { root } from './root.ts';

let known: string | undefined;

/** As package.json says it. */
export function packageVersion(): string {
  known ??= (JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { readonly version: string }).version;
  return known;
}

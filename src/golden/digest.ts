/**
 * Digests of observations: SHA-256 over, for each case of a file in order, its id and its observations as compact JSON,
 * each followed by a newline (spec/golden.md).
 */
import { createHash } from 'node:crypto';
import type { Observation } from '../scenario/types.ts';

/** The digest of what one reference observed of one file. */
export function digest(cases: Iterable<readonly [id: string, observations: readonly Observation[]]>): string {
  const hash = createHash('sha256');
  for (const [id, observations] of cases) hash.update(`${id}\n${JSON.stringify(observations)}\n`);
  return hash.digest('hex');
}

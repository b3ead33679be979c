/**
 * Digests of observations: SHA-256 over, for each case of a file in order, its id and its observations as compact JSON,
 * each followed by a newline (spec/golden.md).
 */
import { createHash } from 'node:crypto';
import type { Observation } from '../scenario/types.ts';

/**
 * The digest of what one reference observed of one file.
 *
 * @param text the compact JSON of an observation, for who has it at hand
 */
export function digest(
  cases: Iterable<readonly [id: string, observations: readonly Observation[]]>,
  text: (observation: Observation) => string = (observation) => JSON.stringify(observation),
): string {
  const hash = createHash('sha256');
  for (const [id, observations] of cases)
    hash.update(`${id}\n[${observations.map((observation) => text(observation)).join(',')}]\n`);
  return hash.digest('hex');
}

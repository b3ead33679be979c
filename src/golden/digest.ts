/**
 * Digests of what a golden file asks and of what was observed: SHA-256 over lines of ids and compact JSON (spec/golden.md).
 */
import { createHash } from 'node:crypto';
import type { Observation } from '../scenario/types.ts';
import type { GoldenFile } from './types.ts';

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

/** The digest of what the cases of a file run: its tensors, its gradients, and every program. */
export function inputsDigest({
  tensors,
  gradients,
  cases,
}: Pick<GoldenFile, 'tensors' | 'gradients' | 'cases'>): string {
  const hash = createHash('sha256').update(`${JSON.stringify(tensors)}\n${JSON.stringify(gradients)}\n`);
  for (const { id, program } of cases) hash.update(`${id}\n${JSON.stringify(program)}\n`);
  return hash.digest('hex');
}

/** The digests of the inputs of files, with those known before, in the order of their names. */
export function inputsDigests(
  known: Readonly<Record<string, string>>,
  files: readonly GoldenFile[],
): Readonly<Record<string, string>> {
  const own = files.map((file) => [`${file.area}/${file.name}`, inputsDigest(file)] as const);
  const all = Object.entries({ ...known, ...Object.fromEntries(own) });
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Choosing cases and references by glob: `*` is any text, `?` one character; letters are themselves.
 */
import type { Case, Golden, ReferenceName } from '../golden/types.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import { targetOf } from '../conformance/verdicts.ts';
import { UsageError } from './usage-error.ts';

/** Whether a text matches a glob as a whole. */
export function matches(glob: string, text: string): boolean {
  const pattern = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(text);
}

/**
 * The cases whose ids match.
 *
 * @throws AdapterError when none does: no case would run
 */
export function selectCases(golden: Golden, only: string | undefined): readonly Case[] {
  if (only === undefined) return golden.cases;
  const cases = golden.cases.filter(({ id }) => matches(only, id));
  if (cases.length === 0) throw new AdapterError(`no case matches ${only}; rmsproof list shows them all`);
  return cases;
}

/**
 * The references that match, or else the newest of each arithmetic; only those of a version, where one is given.
 *
 * @throws UsageError when none is left
 */
export function selectReferences(
  golden: Golden,
  glob: string | undefined,
  version: string | undefined,
): ReferenceName[] {
  const all = Object.keys(golden.references.references);
  const known = `the references are ${all.join(', ')}`;
  if (glob !== undefined) {
    const chosen = all.filter((reference) => matches(glob, reference));
    if (chosen.length === 0) throw new UsageError(`no reference matches ${glob}; ${known}`);
    return chosen;
  }
  const candidates = version === undefined ? all : all.filter((reference) => targetOf(reference).version === version);
  if (candidates.length === 0) throw new AdapterError(`torch ${version} is not a recorded reference; ${known}`);
  const newest = new Map<string, ReferenceName>();
  for (const reference of candidates.toSorted(byVersion)) newest.set(targetOf(reference).arithmetic, reference);
  return ['separate', 'fused', 'cuda'].flatMap((arithmetic) => newest.get(arithmetic) ?? []);
}

function byVersion(a: ReferenceName, b: ReferenceName): number {
  const [x, y] = [a, b].map((reference) => targetOf(reference).version.split('.').map(Number)) as [number[], number[]];
  const at = x.findIndex((part, i) => part !== y[i]);
  return at < 0 ? 0 : x[at]! - y[at]!;
}

/**
 * Choosing cases and references by glob.
 */
import type { Expectations } from '../conformance/expectations.ts';
import { byVersion } from '../golden/by-version.ts';
import { readGolden, type Wanted } from '../golden/read.ts';
import type { Golden, ReferenceName } from '../golden/types.ts';
import { matches } from '../scenario/glob.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import { ARITHMETICS, targetOf } from '../conformance/verdicts.ts';
import { UsageError } from './usage-error.ts';

/** The files that may hold a case whose id matches: as far as the glob is plain text, it leaves out the others. */
export function filesOf(only: string | readonly string[] | undefined): Wanted {
  const plain = globsOf(only).map((glob) => glob.split(/[*?]/, 1)[0]!);
  return (file) => plain.some((text) => text.startsWith(`${file}/`) || `${file}/`.startsWith(text));
}

/** Several globs are any of them, none are all. */
function globsOf(only: string | readonly string[] | undefined): readonly string[] {
  return typeof only === 'string' ? [only] : (only ?? ['*']);
}

/**
 * The cases whose ids match one of the globs.
 *
 * @throws AdapterError when none matches a glob: no case would run
 */
export function selectCases<C extends { readonly id: string }>(
  cases: readonly C[],
  only: string | readonly string[] | undefined,
): readonly C[] {
  if (only === undefined) return cases;
  const idle = globsOf(only).find((glob) => !cases.some(({ id }) => matches(glob, id)));
  if (idle !== undefined) throw new AdapterError(`no case matches ${idle}; rmsproof list shows them all`);
  return cases.filter(({ id }) => globsOf(only).some((glob) => matches(glob, id)));
}

/**
 * Golden files with the cases whose ids match; files that can hold none are not opened.
 *
 * @throws AdapterError when no case matches, InputError for a file that is not as it should be
 */
export function readSelected(folder: string | undefined, only: string | readonly string[] | undefined): Golden {
  const golden = readGolden(folder, filesOf(only));
  return { ...golden, cases: selectCases(golden.cases, only) };
}

/** A subject that is one version of PyTorch. */
export interface OneVersion {
  readonly version?: string;
  /** Whether it is real PyTorch, which takes a compiler and minutes to compile its steps: only on demand. */
  readonly real?: boolean;
}

/**
 * The references that match, or else the newest of each arithmetic; of a subject that is one version, those of that version, or, where
 * it was not recorded, of the nearest older.
 *
 * @throws UsageError when none matches; AdapterError when the version is older than all that were recorded
 */
export function selectReferences(
  golden: Pick<Golden, 'references'>,
  glob: string | undefined,
  { version, real = false }: OneVersion = {},
): ReferenceName[] {
  const all = Object.keys(golden.references.references);
  const known = `the references are ${all.join(', ')}`;
  if (glob !== undefined) {
    const chosen = all.filter((reference) => matches(glob, reference));
    if (chosen.length === 0) throw new UsageError(`no reference matches ${glob}; ${known}`);
    return chosen;
  }
  const usual = real ? all.filter((reference) => !reference.includes('/compiled')) : all;
  const recorded = version === undefined ? undefined : nearest(version, usual);
  const candidates =
    version === undefined ? usual : usual.filter((reference) => targetOf(reference).version === recorded);
  if (candidates.length === 0)
    throw new AdapterError(`torch ${version} is no recorded reference, and older than all that are; ${known}`);
  const newest = new Map<string, ReferenceName>();
  const oldestFirst = candidates.toSorted((a, b) => byVersion(targetOf(a).version, targetOf(b).version));
  for (const reference of oldestFirst) newest.set(targetOf(reference).arithmetic, reference);
  return ARITHMETICS.flatMap((arithmetic) => newest.get(arithmetic) ?? []);
}

/**
 * The references that expectations pin.
 *
 * @throws AdapterError for one that this version of the package no longer has
 */
export function pinned(
  { references }: Golden,
  { references: names }: Pick<Expectations, 'references'>,
): readonly ReferenceName[] {
  const gone = names.find((name) => !Object.hasOwn(references.references, name));
  if (gone !== undefined)
    throw new AdapterError(
      `the expectations pin ${gone}, which is no reference; those are ${Object.keys(references.references).join(', ')}`,
    );
  return names;
}

/** The newest recorded version that is not newer than one; those of references from a CPU, as the one is. */
function nearest(version: string, references: readonly ReferenceName[]): string | undefined {
  const versions = references.filter((reference) => !reference.endsWith('/cuda')).map((name) => targetOf(name).version);
  return versions.toSorted(byVersion).findLast((own) => byVersion(own, version) <= 0);
}

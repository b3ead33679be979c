/**
 * Choosing cases and references by glob: `*` is any text, `?` one character; letters are themselves.
 */
import { readGolden, type Wanted } from '../golden/read.ts';
import type { Golden, ReferenceName } from '../golden/types.ts';
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

/** The files that may hold a case whose id matches: as far as the glob is plain text, it leaves out the others. */
export function filesOf(only: string | undefined): Wanted {
  const [plain] = (only ?? '*').split(/[*?]/, 1) as [string];
  return (file) => plain.startsWith(`${file}/`) || `${file}/`.startsWith(plain);
}

/**
 * The cases whose ids match.
 *
 * @throws AdapterError when none does: no case would run
 */
export function selectCases<C extends { readonly id: string }>(
  cases: readonly C[],
  only: string | undefined,
): readonly C[] {
  if (only === undefined) return cases;
  const selected = cases.filter(({ id }) => matches(only, id));
  if (selected.length === 0) throw new AdapterError(`no case matches ${only}; rmsproof list shows them all`);
  return selected;
}

/**
 * Golden files with the cases whose ids match; files that can hold none are not opened.
 *
 * @throws AdapterError when no case matches, InputError for a file that is not as it should be
 */
export function readSelected(folder: string | undefined, only: string | undefined): Golden {
  const golden = readGolden(folder, filesOf(only));
  return { ...golden, cases: selectCases(golden.cases, only) };
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
  return ARITHMETICS.flatMap((arithmetic) => newest.get(arithmetic) ?? []);
}

/** In the order of their clauses (NUM-3, NUM-4, NUM-5, NUM-8). */
const ARITHMETICS = ['separate', 'fused', 'cuda', 'compiled'];

function byVersion(a: ReferenceName, b: ReferenceName): number {
  const [x, y] = [a, b].map((reference) => targetOf(reference).version.split('.').map(Number)) as [number[], number[]];
  const at = x.findIndex((part, i) => part !== y[i]);
  return at < 0 ? 0 : x[at]! - y[at]!;
}

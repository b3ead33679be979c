/**
 * `rmsproof drift FROM TO`: where the observations of two PyTorch versions differ.
 */
import { drift as compareReferences, type DriftResult } from '../conformance/drift.ts';
import { targetOf } from '../conformance/run.ts';
import { readGolden } from '../golden/read.ts';
import type { Golden, ReferenceName } from '../golden/types.ts';
import { EXIT } from './exit-codes.ts';
import { selectCases } from './select.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs the command over every arithmetic that both versions were recorded in.
 *
 * @returns the exit code: 0, or 1 when any number differs
 * @throws UsageError for a version that was not recorded
 */
export function drift(from: string, to: string, options: { readonly golden: string; readonly only?: string }): number {
  const golden = readGolden(options.golden);
  const cases = selectCases(golden, options.only);
  const [older, newer] = [referencesOf(golden, from), referencesOf(golden, to)];
  const pairs = [...older].flatMap(([arithmetic, reference]) => {
    const other = newer.get(arithmetic);
    return other === undefined ? [] : [[reference, other] as const];
  });
  if (pairs.length === 0) throw new UsageError(`${from} and ${to} were recorded in no common arithmetic`);
  const results = pairs.map(([a, b]) => compareReferences(cases, a, b));
  for (const result of results) print(result);
  return results.some(({ numbers }) => numbers.differing > 0) ? EXIT.differs : EXIT.ok;
}

function referencesOf(golden: Golden, version: string): ReadonlyMap<string, ReferenceName> {
  const all = Object.keys(golden.references.references);
  const own = all.filter((reference) => reference === version || reference.startsWith(`${version}/`));
  if (own.length === 0) throw new UsageError(`no reference is called ${version}; the references are ${all.join(', ')}`);
  return new Map(own.map((reference) => [targetOf(reference).arithmetic, reference]));
}

function print({ from, to, cases, numbers, drifts }: DriftResult): void {
  const { compared, differing } = numbers;
  console.log(`${from} -> ${to}`);
  console.log(
    `  ${cases} cases, ${compared.toLocaleString('en-US')} numbers, ${differing.toLocaleString('en-US')} differing`,
  );
  for (const { difference, cases: ids } of drifts) {
    const { facet, where, expected, actual, operation } = difference;
    console.log(`\n  ${ids.length} ${ids.length === 1 ? 'case' : 'cases'}  [${facet}] ${operation}: ${where}`);
    console.log(`    from  ${expected}`);
    console.log(`    to    ${actual}`);
    console.log(`    such as ${ids[0]}`);
  }
  console.log('');
}

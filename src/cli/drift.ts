/**
 * `rmsproof drift FROM TO`: where the observations of two PyTorch versions differ.
 */
import { existsSync } from 'node:fs';
import { drift as compareReferences, type DriftResult } from '../conformance/drift.ts';
import { targetOf } from '../conformance/verdicts.ts';
import type { Case, Golden, ReferenceName } from '../golden/types.ts';
import { print } from '../report/wrap.ts';
import { EXIT } from './exit-codes.ts';
import { progress } from './progress.ts';
import { readSelected } from './select.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs the command over every arithmetic that both versions were recorded in, or, where one is a torch source, in `separate`.
 *
 * @returns the exit code: 0, or 1 when any number differs
 * @throws UsageError for a version that was not recorded
 */
export async function drift(from: string, to: string, options: DriftOptions): Promise<number> {
  const golden = readSelected(options.golden, options.only);
  const results =
    existsSync(from) || existsSync(to)
      ? await driftBetween(from, to, golden.cases)
      : driftOfReferences(from, to, golden);
  for (const result of results) show(result);
  return results.some(({ numbers }) => numbers.differing > 0) ? EXIT.differs : EXIT.ok;
}

/** Options of the command. */
export interface DriftOptions {
  readonly golden: string;
  readonly only?: string;
}

async function driftBetween(from: string, to: string, cases: readonly Case[]): Promise<DriftResult[]> {
  const { driftOfSources } = await import('../conformance/drift-of-sources.ts');
  const bar = progress();
  const results = await driftOfSources([from, to], cases, bar.advance);
  bar.end();
  return results;
}

function driftOfReferences(from: string, to: string, golden: Golden): DriftResult[] {
  const [older, newer] = [referencesOf(golden, from), referencesOf(golden, to)];
  const pairs = [...older].flatMap(([arithmetic, reference]) => {
    const other = newer.get(arithmetic);
    return other === undefined ? [] : [[reference, other] as const];
  });
  if (pairs.length === 0) throw new UsageError(`${from} and ${to} were recorded in no common arithmetic`);
  return pairs.map(([a, b]) => compareReferences(golden.cases, a, b));
}

function referencesOf(golden: Golden, version: string): ReadonlyMap<string, ReferenceName> {
  const all = Object.keys(golden.references.references);
  const own = all.filter((reference) => reference === version || reference.startsWith(`${version}/`));
  if (own.length === 0) throw new UsageError(`no reference is called ${version}; the references are ${all.join(', ')}`);
  return new Map(own.map((reference) => [targetOf(reference).arithmetic, reference]));
}

function show({ from, to, cases, numbers, drifts }: DriftResult): void {
  const { compared, differing } = numbers;
  print(`${from} -> ${to}`);
  print(
    `  ${cases} cases, ${compared.toLocaleString('en-US')} numbers, ${differing.toLocaleString('en-US')} differing`,
  );
  for (const { difference, cases: ids } of drifts) {
    const { facet, where, expected, actual, operation } = difference;
    console.log('');
    print(`  ${ids.length} ${ids.length === 1 ? 'case' : 'cases'}  [${facet}] ${operation}: ${where}`);
    print(`    from  ${firstLine(expected)}`, CONTINUED);
    print(`    to    ${firstLine(actual)}`, CONTINUED);
    print(`    such as ${ids[0]}`);
  }
  console.log('');
}

/** Further lines stand below the text of the first. */
const CONTINUED = ' '.repeat(10);

function firstLine(text: string): string {
  const [line, ...more] = text.split('\n');
  return more.length > 0 ? `${line} …` : line!;
}

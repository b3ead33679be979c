/**
 * What `drift` finds between two versions, as scripts/versions/drifts.json keeps it: so a new version adds to the page without the
 * sources of all that came before it.
 */
import { existsSync } from 'node:fs';
import { drift, type DriftResult } from '../../src/conformance/drift.ts';
import { driftOfSources } from '../../src/conformance/drift-of-sources.ts';
import type { Golden, ReferenceName } from '../../src/golden/types.ts';

/** Cases that differ in one way. */
export interface Row {
  /** The operation and the place within what it observed. */
  readonly where: string;
  readonly before: string;
  readonly after: string;
  readonly cases: number;
  readonly example: string;
}

/** Two versions compared. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  /** Whether PyTorch's Python ran on our tensors, or PyTorch itself was recorded. */
  readonly seen: 'source' | 'recorded';
  readonly cases: number;
  readonly compared: number;
  readonly differing: number;
  readonly rows: readonly Row[];
}

/**
 * Compares each version with the one before it.
 *
 * @param places oldest first; each a source as `drift` takes it or a recorded version such as torch-2.15.0. Two that are recorded are
 * compared in every arithmetic that both were recorded in
 * @throws AdapterError when a source cannot be read or run, or two recorded versions have no arithmetic in common
 */
export async function compare(places: readonly string[], golden: Golden): Promise<Pair[]> {
  const cases = golden.cases.filter(({ area }) => area !== 'cuda');
  const pairs: Pair[] = [];
  for (const run of runs(places))
    if (existsSync(run[0]!) || existsSync(run[1]!))
      pairs.push(...(await driftOfSources(run, cases)).map((result) => pairOf([result], 'source')));
    else {
      const [from, to] = run as [string, string];
      const both = arithmeticsOf(golden, from).filter((own) => arithmeticsOf(golden, to).includes(own));
      if (both.length === 0) throw new Error(`${from} and ${to} were recorded in no common arithmetic`);
      const results = both.map((own): DriftResult =>
        drift(cases, `${from}/${own}` as ReferenceName, `${to}/${own}` as ReferenceName),
      );
      pairs.push(pairOf(results, 'recorded'));
    }
  return pairs;
}

/** Sources that follow each other are run once each; recorded versions go two by two. */
function runs(places: readonly string[]): string[][] {
  const all: string[][] = [];
  for (const [i, place] of places.slice(1).entries()) {
    const before = places[i]!;
    const last = all.at(-1);
    if (last?.at(-1) === before && existsSync(place) && existsSync(before)) last.push(place);
    else all.push([before, place]);
  }
  return all;
}

function arithmeticsOf({ references }: Golden, version: string): string[] {
  return Object.keys(references.references)
    .filter((name) => name.startsWith(`${version}/`))
    .map((name) => name.slice(version.length + 1));
}

function pairOf(results: readonly DriftResult[], seen: Pair['seen']): Pair {
  const rows = new Map<string, Row>();
  for (const { difference, cases } of results.flatMap(({ drifts }) => drifts)) {
    const { operation, where, expected, actual } = difference;
    const row = {
      ...{ where: `${operation}: ${where}`, before: shortened(expected), after: shortened(actual) },
      ...{ cases: cases.length, example: cases[0]! },
    };
    const key = [row.where, row.before, row.after].join('\n');
    // What shows in several arithmetics shows in the same cases.
    if ((rows.get(key)?.cases ?? 0) < row.cases) rows.set(key, row);
  }
  const { from, to } = results[0]!;
  const sum = (of: (result: DriftResult) => number): number => results.reduce((total, result) => total + of(result), 0);
  return {
    ...{ from: versionOf(from), to: versionOf(to), seen, cases: Math.max(...results.map((result) => result.cases)) },
    compared: sum(({ numbers }) => numbers.compared),
    differing: sum(({ numbers }) => numbers.differing),
    rows: [...rows.values()].toSorted((a, b) => b.cases - a.cases),
  };
}

function versionOf(reference: string): string {
  return reference.replace(/^torch-/, '').replace(/\/.*/, '');
}

/** The page shows less; what tells changes apart lies further on. */
const KEPT = 300;

function shortened(text: string): string {
  const [line] = text.split('\n');
  return line!.length > KEPT ? `${line!.slice(0, KEPT)}…` : line!;
}

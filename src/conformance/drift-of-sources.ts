/**
 * What PyTorch versions observe differently, run from their own sources in WebAssembly: none need be installed.
 */
import { existsSync } from 'node:fs';
import type { Case, ReferenceName } from '../golden/types.ts';
import type { Observation } from '../scenario/types.ts';
import { pyodideTorchSource } from '../subject/pyodide/source.ts';
import { drift, type DriftResult } from './drift.ts';
import { targetOf } from './verdicts.ts';

/**
 * Compares each of several with the one before it: sources, or references as recorded, in arithmetic separate.
 *
 * @param places oldest first; each an installed torch, a folder or a wheel, or the name of a version or reference
 * @throws AdapterError when a source cannot be read or run
 */
export async function driftOfSources(
  places: readonly string[],
  cases: readonly Case[],
  onProgress?: (what: string, done: number, of: number) => void,
): Promise<DriftResult[]> {
  const observed = new Map<string, Map<ReferenceName, readonly Observation[]>>(cases.map(({ id }) => [id, new Map()]));
  const names: ReferenceName[] = [];
  for (const place of places) {
    const source = existsSync(place) ? pyodideTorchSource({ source: place }) : undefined;
    const name = source ? `torch-${source.version}/separate` : place.includes('/') ? place : `${place}/separate`;
    names.push(name);
    const subject = await source?.open(targetOf(name));
    for (const [i, { id, scenario, observed: recorded }] of cases.entries()) {
      const own = subject === undefined ? recorded.get(name) : await subject.run(scenario);
      if (own !== undefined) observed.get(id)!.set(name, own);
      onProgress?.(name, i + 1, cases.length);
    }
    await source?.close();
  }
  const run = cases.map((c) => ({ ...c, observed: observed.get(c.id)! }));
  return names.slice(1).map((to, i) => drift(run, names[i]!, to));
}

/**
 * Makes a golden file of cases and what was observed of them; equal observations are stored once, and no case needs less than the
 * tensors take that it uses.
 */
import { tensorNeeds } from '../scenario/needs-of.ts';
import type { Observation } from '../scenario/types.ts';
import type { CaseEntry, GoldenFile, ReferenceName } from './types.ts';
import { usedBy } from './used.ts';

/** What was observed: case id to reference to one observation an operation. */
export type Recorded = Map<string, Map<ReferenceName, readonly Observation[]>>;

/** A golden file without what was observed. */
export type Unrecorded = Omit<GoldenFile, 'cases' | 'observations'> & {
  readonly cases: readonly Omit<CaseEntry, 'observed'>[];
};

/** The golden file; references stand in each case in the order of their names. */
export function assemble(file: Unrecorded, recorded: Recorded): GoldenFile {
  const observations: Observation[] = [];
  const known = new Map<string, number>();
  const store = (observation: Observation): number => {
    const text = JSON.stringify(observation);
    const index = known.get(text) ?? observations.push(observation) - 1;
    known.set(text, index);
    return index;
  };
  const cases = file.cases.map(({ id, clauses, needs, catches, program }): CaseEntry => {
    const references = [...(recorded.get(id) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const observed = Object.fromEntries(references.map(([reference, own]) => [reference, own.map(store)]));
    const whole = [...new Set([...needs, ...tensorNeeds(usedBy(program, file).tensors)])];
    return { id, clauses, needs: whole, ...(catches ? { catches } : {}), program, observed };
  });
  const { format, area, name, title, imported, tensors, gradients } = file;
  const head = { format, area, name, title, ...(imported ? { imported } : {}) };
  return { ...head, tensors, gradients, cases, observations };
}

/** What a golden file holds, as `assemble` takes it. */
export function recordedOf(file: GoldenFile): Recorded {
  return new Map(
    file.cases.map(({ id, observed }) => [
      id,
      new Map(Object.entries(observed).map(([reference, own]) => [reference, own.map((i) => file.observations[i]!)])),
    ]),
  );
}

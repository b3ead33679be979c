/**
 * The cases of a golden file, each complete in itself.
 */
import type { Scenario } from '../scenario/types.ts';
import type { Case, CaseEntry, GoldenFile } from './types.ts';
import { type Named, usedBy } from './used.ts';

/** The scenario of a case: its program, and of the tensors and gradients of its file those that it uses. */
export function scenarioOf(file: Named, { id, program }: Pick<CaseEntry, 'id' | 'program'>): Scenario {
  return { id, ...usedBy(program, file), program };
}

/** The cases of a file that was verified. */
export function casesOf(file: GoldenFile): Case[] {
  const { area, name, observations } = file;
  return file.cases.map((entry) => {
    const { id, clauses, needs, catches = [] } = entry;
    const observed = new Map(
      Object.entries(entry.observed).map(([reference, indices]) => [
        reference,
        indices.map((index) => observations[index]!),
      ]),
    );
    return {
      ...{ id, area, file: `${area}/${name}`, clauses, needs, catches },
      ...{ scenario: scenarioOf(file, entry), observed },
    };
  });
}

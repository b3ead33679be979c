/**
 * Mutants as data: a text of one file, and what it is replaced by.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const repository: string = fileURLToPath(new URL('../..', import.meta.url));

/** One change of one file. */
export interface Mutant {
  readonly file: string;
  /** Exact, and once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The clause that the text follows, or what the change amounts to. */
  readonly about: string;
  /** Why nothing can tell it from the original, or what it would take. */
  readonly survives?: string;
}

/** What came of a mutant. */
export interface Fate {
  readonly mutant: Mutant;
  readonly killed: boolean;
  /** What killed it, in a few words. */
  readonly by?: string;
}

/**
 * The mutants of a list of this folder.
 *
 * @throws Error for a text that is not there once: the list is stale
 */
export function mutantsOf(list: 'gate' | 'port'): readonly Mutant[] {
  const mutants = JSON.parse(readFileSync(join(repository, 'scripts/mutation', `${list}.json`), 'utf8')) as Mutant[];
  for (const mutant of mutants) mutated(mutant);
  return mutants;
}

/** The text of a mutant's file, changed. @throws Error where the text to change is not there once */
export function mutated({ file, find, replace }: Mutant): string {
  const text = readFileSync(join(repository, file), 'utf8');
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new Error(`${file}: expected this text once, found it ${parts.length - 1} times: ${find}`);
  return parts.join(replace);
}

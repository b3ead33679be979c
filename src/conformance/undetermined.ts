/**
 * Numbers that no bound says anything of: who has to have them all the same, and which clauses they are of (spec/conformance.md).
 */
import type { CaseResult } from './verdicts.ts';

/**
 * How many determined numbers a port must have before its bits say how it rounds. One that rounds otherwise has the reference's
 * bits in most numbers of a short program, but not in all of a hundred.
 */
const ENOUGH = 100;

/**
 * The results with those as failed that differ in undetermined numbers alone, where the port has the reference's bits in every
 * number that is determined: whoever rounds as the reference does has its infinities and NaNs too. Of a port that fails otherwise
 * nobody knows how it rounds. A port that computes in doubles, or in another order, may have the bits all the same.
 *
 * @param isRight whether what the port has in a bounded case is what the right rule gives in another arithmetic
 */
export function heldToTheirBits(
  results: readonly CaseResult[],
  isRight: (id: string) => boolean = () => false,
): readonly CaseResult[] {
  let settled = 0;
  for (const { verdict, numbers, determined } of results) {
    if (verdict === 'failed') return results;
    if (verdict === 'exact') settled += numbers?.compared ?? 0;
    if (determined !== undefined && determined.differing > 0) return results;
    settled += determined?.compared ?? 0;
  }
  if (settled < ENOUGH) return results;
  return results.map((result) =>
    result.verdict === 'bounded' && !isRight(result.id) ? { ...result, verdict: 'failed', settled } : result,
  );
}

/** Numbers of the bounded cases of a clause. */
export interface UndeterminedClause {
  readonly clause: string;
  readonly undetermined: number;
  readonly numbers: number;
}

/** The clauses of cases with undetermined numbers, those first of whose numbers the greatest share is undetermined. */
export function undeterminedByClause(results: readonly CaseResult[]): readonly UndeterminedClause[] {
  const counts = new Map<string, { undetermined: number; numbers: number }>();
  for (const { clauses, numbers, undetermined = 0 } of results)
    for (const clause of clauses) {
      const own = counts.get(clause) ?? { undetermined: 0, numbers: 0 };
      counts.set(clause, {
        undetermined: own.undetermined + undetermined,
        numbers: own.numbers + (numbers?.compared ?? 0),
      });
    }
  return [...counts]
    .map(([clause, own]) => ({ clause, ...own }))
    .filter(({ undetermined }) => undetermined > 0)
    .sort((a, b) => b.undetermined / b.numbers - a.undetermined / a.numbers);
}

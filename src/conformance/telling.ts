/**
 * Which clauses and which cases say most of what is wrong: those whose cases fail one and all.
 */
import type { CaseResult } from './verdicts.ts';

/** A clause that cases fail. */
export interface FailingClause {
  readonly clause: string;
  readonly failed: number;
  /** Cases of the clause that were tried. */
  readonly tried: number;
}

/** The clauses of failed cases, those first of which the greatest share of many cases fails. */
export function failingClauses(cases: readonly CaseResult[]): readonly FailingClause[] {
  const counts = new Map<string, { failed: number; tried: number }>();
  for (const { verdict, clauses } of cases) {
    if (verdict === 'unsupported') continue;
    for (const clause of clauses) {
      const own = counts.get(clause) ?? { failed: 0, tried: 0 };
      counts.set(clause, { failed: own.failed + Number(verdict === 'failed'), tried: own.tried + 1 });
    }
  }
  const failing = [...counts].map(([clause, own]) => ({ clause, ...own })).filter(({ failed }) => failed > 0);
  // One case that fails out of one says less than all of twenty.
  const share = ({ failed, tried }: FailingClause): number => failed / (tried + 1);
  return failing.sort((a, b) => share(b) - share(a));
}

/** The failed and broken cases, most telling first: of the clause that fails most, and of few others. */
export function mostTelling(cases: readonly CaseResult[]): readonly CaseResult[] {
  const rank = new Map(failingClauses(cases).map(({ clause }, i) => [clause, i]));
  const bad = cases.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken');
  const best = ({ clauses }: CaseResult): number => Math.min(...clauses.map((clause) => rank.get(clause) ?? Infinity));
  return bad.sort((a, b) => order(a) - order(b) || best(a) - best(b) || a.clauses.length - b.clauses.length);
}

/** Adapters that broke come first: nothing else counts then. */
function order({ verdict }: CaseResult): number {
  return verdict === 'broken' ? 0 : 1;
}

/**
 * Which clauses are to blame where no rule explains the failures: those whose cases fail, while cases without them pass.
 */
import type { CaseResult } from '../verdicts.ts';

/** A clause that is to blame. */
export interface Blamed {
  readonly clause: string;
  /** Cases of the clause that failed, of how many that were tried. */
  readonly failed: number;
  readonly tried: number;
}

/** What share of the clause's cases has to fail, and of the others to pass. */
const MOST = 0.9;

/** So many failing cases are no evidence against a clause where more fail that are not of it. */
const FEW = 2;

/** Families of clauses, arithmetic before bookkeeping; others come after. */
const FAMILIES = ['RMS', 'NUM', 'STA', 'OPT', 'GRD', 'GRP'];

/** The clauses to blame: arithmetic before bookkeeping, then by how many of their cases fail. */
export function blamed(cases: readonly CaseResult[]): readonly Blamed[] {
  const tried = cases.filter(({ verdict }) => verdict !== 'unsupported' && verdict !== 'broken');
  const failing = tried.filter(({ verdict }) => verdict === 'failed');
  const clauses = [...new Set(failing.flatMap((result) => result.clauses))];
  const found = clauses.flatMap((clause) => {
    const own = tried.filter((result) => result.clauses.includes(clause));
    const failed = own.filter(({ verdict }) => verdict === 'failed').length;
    const others = tried.length - own.length;
    const passing = others - (failing.length - failed);
    // Where no case is without it, nothing says that it is this clause.
    if (failed < MOST * own.length || others === 0 || passing < MOST * others) return [];
    if (failed <= FEW && failing.length - failed > failed) return [];
    return [{ clause, failed, tried: own.length }];
  });
  return found.sort((a, b) => family(a) - family(b) || b.failed - a.failed);
}

function family({ clause }: Blamed): number {
  const index = FAMILIES.indexOf(clause.split('-')[0]!);
  return index < 0 ? FAMILIES.length : index;
}

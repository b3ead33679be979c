/**
 * What the report for people says of numbers that no bound says anything of.
 */
import type { CaseResult, Run } from '../conformance/verdicts.ts';
import { undeterminedByClause } from '../conformance/undetermined.ts';
import { wrap } from './wrap.ts';

/** Clauses shown, a run. */
const SHOWN = 3;

/** How many numbers of a run are undetermined, and the clauses with the greatest shares of them; nothing where none are. */
export function undeterminedLines({ cases }: Run, named: (clause: string) => string): string[] {
  const clauses = undeterminedByClause(cases);
  if (clauses.length === 0) return [];
  const sum = cases.reduce((n, { undetermined = 0 }) => n + undetermined, 0);
  const shares = clauses.slice(0, SHOWN).map(({ clause, undetermined, numbers }) => {
    const percent = Math.ceil((100 * undetermined) / numbers);
    return `${percent} % of ${named(clause)}`;
  });
  return wrap(
    `  undetermined, for rounding may decide: ${sum.toLocaleString('en-US')} numbers; ${shares.join(', ')}`,
    '  ',
  );
}

/** What bounded lets pass, by name. */
export function departureLines({ departures = [] }: Run): string[] {
  return departures.flatMap(({ name, summary }) => wrap(`  bounded all the same: ${name}, which ${summary}`, '  '));
}

/** Why a case failed whose determined numbers are all right. */
export function settledLines({ settled }: CaseResult): string[] {
  if (settled === undefined) return [];
  const all = settled.toLocaleString('en-US');
  return wrap(
    `    rounding may decide here, but the port has PyTorch's bits in all ${all} numbers where it cannot: it has to have them here`,
  );
}

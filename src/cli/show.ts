/**
 * `rmsproof show CASE|CLAUSE`: a case in human terms, or the cases of a clause.
 */
import { clauses } from '../golden/clauses.ts';
import { readGolden } from '../golden/read.ts';
import type { Golden } from '../golden/types.ts';
import { caseText } from '../report/case.ts';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs the command.
 *
 * @throws UsageError when there is neither a case nor a clause of that name
 */
export function show(what: string, options: { readonly golden: string }): number {
  const golden = readGolden(options.golden);
  const found = golden.cases.find(({ id }) => id === what);
  if (found !== undefined) console.log(caseText(found));
  else showClause(what, golden);
  return EXIT.ok;
}

function showClause(clause: string, golden: Golden): void {
  const citing = golden.cases.filter(({ clauses }) => clauses.includes(clause));
  if (citing.length === 0)
    throw new UsageError(`there is no case and no cited clause ${clause}; rmsproof list shows the cases`);
  const known = clauses().get(clause);
  const name = known === undefined ? clause : `${clause} ${known.title} (${known.page})`;
  console.log(`${name}, cited by ${citing.length} cases`);
  for (const { id } of citing) console.log(`  ${id}`);
}

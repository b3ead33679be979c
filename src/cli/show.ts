/**
 * `rmsproof show CASE|CLAUSE`: a case in human terms, or a clause and cases that cite it. Of a file: src/cli/look.ts.
 */
import { statSync } from 'node:fs';
import { clauses } from '../golden/clauses.ts';
import { readCaseLines, readGolden } from '../golden/read.ts';
import { EXIT } from './exit-codes.ts';
import { filesOf } from './select.ts';
import { isStateDictFile } from './state-dict-name.ts';
import { UsageError } from './usage-error.ts';

/** Options of the command. */
export interface ShowOptions {
  readonly golden: string;
  readonly key?: string;
}

/**
 * Runs the command.
 *
 * @throws UsageError when there is neither a case nor a clause nor a file of that name
 */
export async function show(what: string, options: ShowOptions): Promise<number> {
  if (isStateDictFile(what) || isFile(what)) return (await import('./look.ts')).showStateDict(what, options.key);
  if (options.key !== undefined) throw new UsageError('--key is for files of state dicts');
  console.log(
    (await (what.includes('/') ? caseOf(what, options.golden) : clauseOf(what, options.golden))) ?? refuse(what),
  );
  return EXIT.ok;
}

async function caseOf(id: string, folder: string): Promise<string | undefined> {
  const found = readGolden(folder, filesOf(id)).cases.find((c) => c.id === id);
  return found && (await import('../report/case.ts')).caseText(found);
}

async function clauseOf(id: string, folder: string): Promise<string | undefined> {
  const clause = clauses().get(id);
  if (clause === undefined) return undefined;
  const citing = readCaseLines(folder).filter((line) => line.clauses.includes(id));
  return (await import('../report/clause.ts')).clauseText(clause, citing);
}

/** Whether there is such a file, and no folder. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function refuse(what: string): never {
  throw new UsageError(
    `there is no case and no clause ${what}; rmsproof list shows the cases, spec/README.md the clauses`,
  );
}

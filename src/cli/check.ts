/**
 * `rmsproof check [PORT]`: holds a port against golden observations.
 */
import { join } from 'node:path';
import { run } from '../conformance/run.ts';
import { type Conformance, type Outcome, outcomeOf } from '../conformance/verdicts.ts';
import { runStock } from '../conformance/stock.ts';
import type { Case, Golden } from '../golden/types.ts';
import { readGolden } from '../golden/read.ts';
import { writeText } from '../golden/write.ts';
import { consoleReport } from '../report/console.ts';
import { jsonReport } from '../report/json.ts';
import { EXIT } from './exit-codes.ts';
import { type Progress, progress } from './progress.ts';
import { selectCases, selectReferences } from './select.ts';
import { subjectOf, type SubjectOptions, type SUBJECTS } from './subjects.ts';
import { UsageError } from './usage-error.ts';

/** Options of the command. */
export interface CheckOptions extends SubjectOptions {
  readonly golden: string;
  readonly subject?: (typeof SUBJECTS)[number];
  readonly sqrt?: 'ieee' | 'built-in';
  readonly reference?: string;
  readonly only?: string;
  readonly reporter: readonly string[];
  readonly out?: string;
  readonly bail?: boolean;
  readonly ulp: string;
  readonly exact?: boolean;
}

const REPORTERS = ['console', 'json'];

const EXITS: Readonly<Record<Outcome, number>> = {
  conforms: EXIT.ok,
  differs: EXIT.differs,
  broken: EXIT.broken,
  // Where nothing was tried, nothing was judged: the report is invalid.
  'none ran': EXIT.broken,
};

/**
 * Runs the command.
 *
 * @returns the exit code: 0 conforms, 1 does not, 3 an adapter broke or no case ran
 */
export async function check(path: string | undefined, options: CheckOptions): Promise<number> {
  const { reporter, out } = options;
  const strange = reporter.find((name) => !REPORTERS.includes(name));
  if (strange !== undefined)
    throw new UsageError(`there is no reporter ${strange}; the reporters are ${REPORTERS.join(', ')}`);
  if (reporter.length > 1 && out === undefined)
    throw new UsageError('several reporters need --out DIR for those that write files');
  if (path !== undefined && options.subject !== undefined)
    throw new UsageError('expected a port or --subject, got both');
  const golden = readGolden(options.golden);
  const cases = selectCases(golden, options.only);
  if (options.sqrt === 'built-in' && options.subject !== 'torch')
    throw new UsageError('--sqrt built-in needs --subject torch');
  const bar = progress();
  const result =
    options.sqrt === 'built-in'
      ? await runStock(cases, { python: options.python }, { onProgress: (done, of) => bar.advance('torch', done, of) })
      : await runAgainstGolden(golden, cases, path, options, bar);
  bar.end();
  const json = `${JSON.stringify(jsonReport(result), null, 1)}\n`;
  if (reporter.includes('json')) {
    if (out === undefined) process.stdout.write(json);
    else writeText(join(out, 'report.json'), json);
  }
  if (reporter.includes('console'))
    console.log(consoleReport(result, { command: command(path, options), stream: process.stdout }));
  return EXITS[outcomeOf(result)];
}

async function runAgainstGolden(
  golden: Golden,
  cases: readonly Case[],
  path: string | undefined,
  options: CheckOptions,
  bar: Progress,
): Promise<Conformance> {
  const source = await subjectOf(path ?? options.subject ?? 'port', options);
  try {
    const references = selectReferences(golden, options.reference, source.version);
    return await run({ ...golden, cases }, source, {
      references,
      bail: options.bail === true,
      ulp: ulpOf(options.ulp),
      // What follows PyTorch's arithmetic has no excuse.
      exact: options.exact === true || path === undefined,
      onProgress: (done, of) => bar.advance(source.name, done, of),
    });
  } finally {
    await source.close?.();
  }
}

/** With more error than this an operation, known wrong rules begin to pass for rounding. */
const MOST_ULPS = 64;

function ulpOf(text: string): number {
  const ulp = Number(text);
  if (!(ulp > 0 && ulp <= MOST_ULPS)) throw new UsageError(`--ulp: expected a number up to ${MOST_ULPS}, got ${text}`);
  return ulp;
}

function command(path: string | undefined, { subject, python }: CheckOptions): string {
  const words = [
    path,
    ...(subject ? ['--subject', subject] : []),
    ...(subject === 'torch' ? ['--python', python] : []),
  ];
  return ['npx rmsproof check', ...words].filter((word) => word !== undefined).join(' ');
}

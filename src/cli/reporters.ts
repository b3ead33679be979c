/**
 * `--reporter NAME` and `--reporter NAME=FILE`: which reports are made, and where each goes.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Report } from '../conformance/events.ts';
import { writeTexts } from '../golden/write.ts';
import { githubSummary } from '../report/github.ts';
import { type ReporterName, type ReportOptions, REPORTERS, render } from '../report/reporters.ts';
import { UsageError } from './usage-error.ts';

/** A report that is wanted. */
export interface Wanted {
  readonly name: ReporterName;
  /** Where it goes; standard output when absent. */
  readonly file?: string;
}

/** Of what goes to standard output, these are lines that may follow each other. */
const LINES: readonly ReporterName[] = ['console', 'github'];

/**
 * The reports that the words behind `--reporter` ask for.
 *
 * @throws UsageError for a name that there is not, an empty file, two reports in one file, or on standard output together
 */
export function wantedReports(words: readonly string[]): readonly Wanted[] {
  const wanted = words.map((word): Wanted => {
    const [, name, file] = /^([^=]*)(?:=([^]*))?$/.exec(word)!;
    if (!(REPORTERS as readonly string[]).includes(name!))
      throw new UsageError(`there is no reporter ${name}; the reporters are ${REPORTERS.join(', ')}`);
    if (file === '') throw new UsageError(`--reporter ${word}: expected a file, as in ${name}=FILE`);
    return { name: name as ReporterName, ...(file === undefined ? {} : { file }) };
  });
  const printed = wanted.filter(({ file }) => file === undefined).map(({ name }) => name);
  const alone = printed.find((name) => !LINES.includes(name));
  if (alone !== undefined && printed.length > 1)
    throw new UsageError(`only one report can be printed; give the others a file, as in --reporter ${alone}=FILE`);
  const files = wanted.flatMap(({ file }) => (file === undefined ? [] : [resolve(file)]));
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined) throw new UsageError(`two reports cannot go to ${relative('', twice)}`);
  return wanted;
}

/**
 * Writes and prints the reports. With the reporter `github`, the summary of the step is added to the file that
 * GITHUB_STEP_SUMMARY names, where it is set.
 *
 * @param port path of the port's module
 * @throws InputError when a file cannot be written; then none is
 */
export function deliver(
  report: Report,
  wanted: readonly Wanted[],
  { command, whole }: Pick<ReportOptions, 'command' | 'whole'>,
  port: string | undefined,
): void {
  const file = port === undefined ? undefined : relative(process.env['GITHUB_WORKSPACE'] ?? '', resolve(port));
  const options = { command, ...(whole === undefined ? {} : { whole }), ...(file === undefined ? {} : { file }) };
  writeTexts(wanted.flatMap(({ name, file: to }) => (to === undefined ? [] : [[to, render(name, report, options)]])));
  const isPrinted = (name: ReporterName): boolean => wanted.some((one) => one.name === name && one.file === undefined);
  // Beside commands, a line of the console report must not be taken for one, whatever a port's texts hold.
  const token = isPrinted('console') && isPrinted('github') ? randomUUID() : undefined;
  for (const { name, file: to } of wanted) {
    if (to !== undefined) continue;
    const text = render(name, report, { ...options, stream: process.stdout });
    const quoted = name === 'console' && token !== undefined;
    process.stdout.write(quoted ? `::stop-commands::${token}\n${text}::${token}::\n` : text);
  }
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '' && wanted.some(({ name }) => name === 'github'))
    appendFileSync(summary, githubSummary(report, command));
}

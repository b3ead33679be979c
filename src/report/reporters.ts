/**
 * The reporters by name: each makes a text of a whole report.
 */
import { stripVTControlCharacters } from 'node:util';
import type { Report } from '../conformance/events.ts';
import { consoleReport } from './console.ts';
import { githubAnnotations } from './github.ts';
import { htmlReport } from './html/page.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';

/** Every reporter's name. */
export const REPORTERS = ['console', 'json', 'junit', 'github', 'html'] as const;

/** A reporter. */
export type ReporterName = (typeof REPORTERS)[number];

/** What reports say beside the results. */
export interface ReportOptions {
  /** The command line that repeats the check, without what says which cases and references: of a case it is added. */
  readonly command: string;
  /** The command line that repeats the whole of it; the same when absent. */
  readonly whole?: string;
  /** The module of the port, which annotations are attached to. */
  readonly file?: string;
  /** The stream that decides on colours; none by default. */
  readonly stream?: NodeJS.WriteStream;
}

/** A report as a text that ends with a newline. */
export function render(name: ReporterName, report: Report, { command, whole, file, stream }: ReportOptions): string {
  switch (name) {
    case 'console': {
      const text = `${consoleReport(report, { command, stream: stream ?? process.stdout })}\n`;
      // FORCE_COLOR is meant for what is printed.
      return stream === undefined ? stripVTControlCharacters(text) : text;
    }
    case 'json':
      return `${JSON.stringify(jsonReport(report), null, 1)}\n`;
    case 'junit':
      return junitReport(report, command);
    case 'github':
      return `${githubAnnotations(report, command, file)}\n`;
    case 'html':
      return htmlReport(report, command, whole);
  }
}

/**
 * What a run of the gate says, as one stream of events: a header, for each reference a beginning, its cases and fresh programs and
 * an end, and a footer. Every report is made from it, and a stream without its footer is no report.
 */
import type { ReferenceName } from '../golden/types.ts';
import type { Fixed } from '../scenario/fixed.ts';
import type { Need } from '../scenario/needs.ts';
import { packageVersion } from '../scenario/package-version.ts';
import type { Judgement } from './expectations.ts';
import { type CaseResult, type Conformance, type Outcome, outcomeOf, type Run, type Verdict } from './verdicts.ts';

/** The first event: what was run, with what, against what. */
export interface Header {
  /** Version of this package. */
  readonly rmsproof: string;
  readonly subject: Conformance['subject'];
  /** What the subject is held against. */
  readonly references: readonly ReferenceName[];
  /** What the subject claims, by single needs, and the options that it fixes. */
  readonly claims: readonly (Need | Fixed)[];
  /** Of the fresh programs; absent where there are none. */
  readonly seed?: number;
}

/** The last event: what came of it all. */
export interface Footer {
  readonly outcome: Outcome;
  /** Cases that the stream has, of all references together. */
  readonly cases: number;
  /** Fresh programs that the stream has. */
  readonly fresh: number;
  /** What is said where something is expected of the subject beforehand. */
  readonly judgement?: Judgement;
  /** Of the cases. */
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** One event. */
export type ReportEvent =
  | { readonly type: 'header'; readonly header: Header }
  | ({ readonly type: 'run' } & Pick<Run, 'reference' | 'arithmetic' | 'claims' | 'compared'>)
  | { readonly type: 'case'; readonly reference: ReferenceName; readonly result: CaseResult }
  | { readonly type: 'fresh'; readonly reference: ReferenceName; readonly result: CaseResult }
  /** The end of a run, with all that is said of it as a whole. */
  | { readonly type: 'end'; readonly run: Omit<Run, 'cases'> }
  | { readonly type: 'footer'; readonly footer: Footer };

/** A whole stream, put together again: what a reporter is given. */
export interface Report extends Conformance {
  readonly header: Header;
  readonly footer: Footer;
}

/** The stream of what a run found. Verdicts are final at its end alone, so it begins then. */
export function* eventsOf(result: Conformance): Generator<ReportEvent> {
  yield { type: 'header', header: headerOf(result) };
  for (const { cases, ...run } of result.runs) {
    const { reference, arithmetic, claims, compared, fresh } = run;
    yield { type: 'run', reference, arithmetic, claims, compared };
    for (const one of cases) yield { type: 'case', reference, result: one };
    for (const one of fresh?.results ?? []) yield { type: 'fresh', reference, result: one };
    yield { type: 'end', run };
  }
  yield { type: 'footer', footer: footerOf(result) };
}

/**
 * Puts a stream together.
 *
 * @throws Error for a stream that is not whole: its header or footer is missing, a run has no end, or it lost a case
 */
export function reportOf(events: Iterable<ReportEvent>): Report {
  let header: Header | undefined;
  let footer: Footer | undefined;
  let cases: CaseResult[] | undefined;
  const runs: Run[] = [];
  for (const event of events) {
    if (event.type === 'header') header = event.header;
    else if (event.type === 'run') cases = [];
    else if (event.type === 'case') cases?.push(event.result);
    else if (event.type === 'end') {
      runs.push({ ...event.run, cases: cases ?? [] });
      cases = undefined;
    } else if (event.type === 'footer') footer = event.footer;
  }
  if (header === undefined || footer === undefined || cases !== undefined)
    throw new Error(`a report without its ${header === undefined ? 'header' : 'footer'} says nothing`);
  const found = runs.reduce((sum, run) => sum + run.cases.length, 0);
  if (found !== footer.cases) throw new Error(`the report has ${found} cases, and its footer says ${footer.cases}`);
  const { judgement } = footer;
  return { header, subject: header.subject, runs, ...(judgement === undefined ? {} : { judgement }), footer };
}

/** How many of some results have each verdict. */
export function countsOf(results: readonly CaseResult[]): Readonly<Record<Verdict, number>> {
  const counts = { exact: 0, bounded: 0, failed: 0, unsupported: 0, broken: 0 };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}

function headerOf({ subject, runs }: Conformance): Header {
  const seed = runs.find(({ fresh }) => fresh !== undefined)?.fresh?.seed;
  return {
    rmsproof: packageVersion(),
    subject,
    references: runs.map(({ reference }) => reference),
    claims: [...new Set(runs.flatMap(({ claims, fixed = [] }) => [...claims, ...fixed]))],
    ...(seed === undefined ? {} : { seed }),
  };
}

function footerOf(result: Conformance): Footer {
  const cases = result.runs.flatMap((run) => run.cases);
  return {
    outcome: outcomeOf(result),
    ...(result.judgement === undefined ? {} : { judgement: result.judgement }),
    cases: cases.length,
    fresh: result.runs.reduce((sum, { fresh }) => sum + (fresh?.results.length ?? 0), 0),
    counts: countsOf(cases),
  };
}

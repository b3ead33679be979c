/**
 * The report for servers of continuous integration: JUnit's XML, a suite for each reference and area, a testcase for each case.
 */
import { countsOf, type Report } from '../conformance/events.ts';
import type { Judgement } from '../conformance/expectations.ts';
import type { CaseResult, Run } from '../conformance/verdicts.ts';
import { diagnosisText } from './diagnosis.ts';
import { attribute, markup } from './escape.ts';
import { failureLines, named, repeatOf } from './failure.ts';
import { acceptedIn } from './judgement.ts';
import { summaryOf } from './summary.ts';

/**
 * The report as XML.
 *
 * @param command what repeats the whole check
 */
export function junitReport(report: Report, command: string): string {
  const { header, footer } = report;
  const { word, text } = summaryOf(report);
  const suites = report.runs.flatMap((run) => suitesOf(run, report.judgement, command));
  const expected = expectationLines(report.judgement);
  const properties = {
    ...{ rmsproof: header.rmsproof, subject: header.subject.name, version: header.subject.version },
    ...{ references: header.references.join(' '), claims: header.claims.join(' '), seed: header.seed?.toString() },
    verdict: `${word}: ${text}`,
  };
  const totals = { failed: 0, broken: 0, unsupported: 0, all: 0 };
  for (const { results, accepted } of suites) {
    const counts = countsOf(results);
    totals.failed += counts.failed - accepted.size;
    totals.broken += counts.broken;
    totals.unsupported += counts.unsupported + accepted.size;
    totals.all += results.length;
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(`rmsproof: ${header.subject.name}`)}" tests="${totals.all + expected.length}" failures="${totals.failed + expected.length}" errors="${totals.broken}" skipped="${totals.unsupported}">`,
    ...suites.flatMap((suite, i) => suiteLines(suite, i === 0 ? properties : {})),
    ...(expected.length === 0
      ? []
      : [
          `  <testsuite name="expectations" tests="${expected.length}" failures="${expected.length}" errors="0" skipped="0">`,
          ...expected,
          '  </testsuite>',
        ]),
    // What no testcase says: nothing was judged at all.
    ...(footer.outcome === 'none ran' && totals.all === 0 ? [`  <!-- ${markup(word)} -->`] : []),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly results: readonly CaseResult[];
  /** Those that failed as it is accepted. */
  readonly accepted: ReadonlySet<string>;
  readonly run: Run;
  readonly command: string;
}

/** The areas of a run, its fresh programs last. */
function suitesOf(run: Run, judgement: Judgement | undefined, command: string): Suite[] {
  const all = [...run.cases, ...(run.fresh?.results ?? [])];
  const accepted = acceptedIn(run, judgement);
  return [...new Set(all.map(({ area }) => area))].map((area) => {
    const results = all.filter((result) => result.area === area);
    const own = new Set(results.map(({ id }) => id).filter((id) => accepted.has(id)));
    return { name: `${run.reference} ${area}`, results, accepted: own, run, command };
  });
}

/** What no case says: promises that were not kept, and what is stale. */
function expectationLines(judgement: Judgement | undefined): readonly string[] {
  return [...(judgement?.broken ?? []), ...(judgement?.worse ?? []), ...(judgement?.stale ?? [])].map(
    (text) =>
      `    <testcase classname="expectations" name="${attribute(text)}"><failure message="${attribute(text)}" type="expectation"/></testcase>`,
  );
}

function suiteLines(
  { name, results, accepted, run, command }: Suite,
  properties: Readonly<Record<string, string | undefined>>,
) {
  const { failed, broken, unsupported } = countsOf(results);
  const own = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`      <property name="${key}" value="${attribute(value)}"/>`],
  );
  return [
    `  <testsuite name="${attribute(name)}" tests="${results.length}" failures="${failed - accepted.size}" errors="${broken}" skipped="${unsupported + accepted.size}">`,
    ...(own.length > 0 ? ['    <properties>', ...own, '    </properties>'] : []),
    ...results.map((result) => caseLine(result, accepted.has(result.id), run, command)),
    '  </testsuite>',
  ];
}

function caseLine(result: CaseResult, accepted: boolean, run: Run, command: string): string {
  const { id, verdict, unclaimed = [], difference, broken } = result;
  const head = `    <testcase classname="${attribute(id.split('/').slice(0, -1).join('.'))}" name="${attribute(id)}"`;
  if (verdict === 'exact' || verdict === 'bounded') return `${head}/>`;
  if (verdict === 'unsupported')
    return `${head}><skipped message="${attribute(`not claimed: ${unclaimed.join(', ')}`)}"/></testcase>`;
  if (accepted) return `${head}><skipped message="fails, which is accepted"/></testcase>`;
  const element = verdict === 'broken' ? 'error' : 'failure';
  const message =
    difference === undefined
      ? (broken ?? 'differs')
      : `operation ${difference.op} (${difference.operation}), ${difference.where}: expected ${difference.expected}, got ${difference.actual}`;
  const rule = diagnosisText(run.diagnosis, named);
  const text = [
    ...failureLines(result).map((line) => line.slice(4)),
    ...(rule.length > 0 ? ['', ...rule] : []),
    '',
    repeatOf(result, run, command),
  ].join('\n');
  return `${head}><${element} message="${attribute(message)}" type="${verdict}">${markup(text)}</${element}></testcase>`;
}

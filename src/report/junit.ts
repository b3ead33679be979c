/**
 * The report for servers of continuous integration: JUnit's XML, a suite for each reference and area, a testcase for each case.
 */
import { countsOf, type Report } from '../conformance/events.ts';
import type { CaseResult, Run } from '../conformance/verdicts.ts';
import { diagnosisText } from './diagnosis.ts';
import { attribute, markup } from './escape.ts';
import { failureLines, named, repeatOf } from './failure.ts';
import { summaryOf } from './summary.ts';

/**
 * The report as XML.
 *
 * @param command what repeats the whole check
 */
export function junitReport(report: Report, command: string): string {
  const { header, footer } = report;
  const { word, text } = summaryOf(report);
  const suites = report.runs.flatMap((run) => suitesOf(run, command));
  const properties = {
    ...{ rmsproof: header.rmsproof, subject: header.subject.name, version: header.subject.version },
    ...{ references: header.references.join(' '), claims: header.claims.join(' '), seed: header.seed?.toString() },
    verdict: `${word}: ${text}`,
  };
  const totals = { failed: 0, broken: 0, unsupported: 0, all: 0 };
  for (const { results } of suites) {
    const counts = countsOf(results);
    totals.failed += counts.failed;
    totals.broken += counts.broken;
    totals.unsupported += counts.unsupported;
    totals.all += results.length;
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(`rmsproof: ${header.subject.name}`)}" tests="${totals.all}" failures="${totals.failed}" errors="${totals.broken}" skipped="${totals.unsupported}">`,
    ...suites.flatMap((suite, i) => suiteLines(suite, i === 0 ? properties : {})),
    // What no testcase says: nothing was judged at all.
    ...(footer.outcome === 'none ran' && totals.all === 0 ? [`  <!-- ${markup(word)} -->`] : []),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly results: readonly CaseResult[];
  readonly run: Run;
  readonly command: string;
}

/** The areas of a run, its fresh programs last. */
function suitesOf(run: Run, command: string): Suite[] {
  const results = [...run.cases, ...(run.fresh?.results ?? [])];
  return [...new Set(results.map(({ area }) => area))].map((area) => ({
    name: `${run.reference} ${area}`,
    results: results.filter((result) => result.area === area),
    ...{ run, command },
  }));
}

function suiteLines({ name, results, run, command }: Suite, properties: Readonly<Record<string, string | undefined>>) {
  const { failed, broken, unsupported } = countsOf(results);
  const own = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`      <property name="${key}" value="${attribute(value)}"/>`],
  );
  return [
    `  <testsuite name="${attribute(name)}" tests="${results.length}" failures="${failed}" errors="${broken}" skipped="${unsupported}">`,
    ...(own.length > 0 ? ['    <properties>', ...own, '    </properties>'] : []),
    ...results.map((result) => caseLine(result, run, command)),
    '  </testsuite>',
  ];
}

function caseLine(result: CaseResult, run: Run, command: string): string {
  const { id, verdict, unclaimed = [], difference, broken } = result;
  const head = `    <testcase classname="${attribute(id.split('/').slice(0, -1).join('.'))}" name="${attribute(id)}"`;
  if (verdict === 'exact' || verdict === 'bounded') return `${head}/>`;
  if (verdict === 'unsupported')
    return `${head}><skipped message="${attribute(`not claimed: ${unclaimed.join(', ')}`)}"/></testcase>`;
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

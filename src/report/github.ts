/**
 * The report for GitHub Actions: workflow commands that become annotations, and a summary of the step in Markdown.
 */
import type { Report } from '../conformance/events.ts';
import { countsOf } from '../conformance/events.ts';
import type { CaseResult, Run } from '../conformance/verdicts.ts';
import { diagnosisText } from './diagnosis.ts';
import { commandMessage, commandProperty, markdown } from './escape.ts';
import { causesIn, failureLines, named, repeatOf } from './failure.ts';
import { judgementTexts } from './judgement.ts';
import { grouped, summaryOf } from './summary.ts';

/** Annotations of one level that GitHub shows of a step. */
const SHOWN = 10;

/**
 * The annotations, a line each: the verdict with the named rule, then the causes of the failures by their plainest cases.
 *
 * @param command what repeats the whole check
 * @param file the port's module, which they are attached to
 */
export function githubAnnotations(report: Report, command: string, file: string | undefined): string {
  const { outcome, word, text } = summaryOf(report);
  const at = file === undefined ? '' : `file=${commandProperty(file)},`;
  const line = (level: 'error' | 'notice', title: string, message: string): string =>
    `::${level} ${at}title=${commandProperty(title)}::${commandMessage(message)}`;
  if (outcome === 'conforms' || outcome === 'as expected')
    return line('notice', `rmsproof: ${report.subject.name}`, `${word}: ${text}`);
  const rules = report.runs.flatMap(({ diagnosis }) => diagnosisText(diagnosis, named));
  const verdict = line(
    'error',
    `rmsproof: ${report.subject.name}`,
    [`${word}: ${text}`, ...judgementTexts(report.judgement), ...new Set(rules)].join('\n\n'),
  );
  const causes = report.runs.flatMap((run) =>
    causesIn(run).map(({ says, results }) => {
      const [plainest] = results as readonly [CaseResult, ...CaseResult[]];
      const also = results.length > 1 ? `, and ${grouped(results.length - 1)} in the same way` : '';
      const details = failureLines(plainest).map((one) => one.slice(4));
      const message = [`${says}: ${plainest.id}${also}`, ...details, repeatOf(plainest, run, command)];
      return line('error', `${plainest.verdict} against ${run.reference}`, message.join('\n'));
    }),
  );
  return [verdict, ...causes].slice(0, SHOWN).join('\n');
}

/**
 * The summary of the step, in GitHub's Markdown.
 *
 * @param command what repeats the whole check
 */
export function githubSummary(report: Report, command: string): string {
  const { header, runs } = report;
  const { outcome, word, text } = summaryOf(report);
  const version = header.subject.version === undefined ? '' : ` ${header.subject.version}`;
  const seed = header.seed === undefined ? '' : `, seed ${header.seed}`;
  return [
    `## ${outcome === 'conforms' || outcome === 'as expected' ? '✅' : '❌'} ${markdown(header.subject.name + version)}: ${word}`,
    '',
    markdown(text),
    '',
    ...judgementTexts(report.judgement).flatMap((line) => [`- ${markdown(line)}`]),
    '',
    ...runs.flatMap((run) => runSummary(run, command)),
    `<sub>rmsproof ${header.rmsproof}, against ${markdown(header.references.join(', '))}; claims ${markdown(header.claims.join(', '))}${seed}</sub>`,
    '',
  ].join('\n');
}

function runSummary(run: Run, command: string): string[] {
  const areas = [...new Set(run.cases.map(({ area }) => area))];
  const rows = areas.map((area) => {
    const { exact, bounded, failed, broken, unsupported } = countsOf(run.cases.filter((one) => one.area === area));
    return `| ${area} | ${[exact, bounded, failed, broken, unsupported].map(grouped).join(' | ')} |`;
  });
  const causes = causesIn(run);
  return [
    `**${markdown(run.reference)}**`,
    '',
    ...diagnosisText(run.diagnosis, named).flatMap((rule) => [`> ${markdown(rule)}`, '']),
    '| area | exact | bounded | failed | broken | unsupported |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    ...causes.slice(0, SHOWN).flatMap(({ says, results }) => [
      `- ${markdown(says)}: ${grouped(results.length)}, such as ${markdown(results[0]!.id)}`,
      ...fenced(
        `${failureLines(results[0]!)
          .map((line) => line.slice(4))
          .join('\n')}\n${repeatOf(results[0]!, run, command)}`,
      ),
    ]),
    ...(causes.length > SHOWN ? [`- and ${causes.length - SHOWN} more causes`] : []),
    '',
  ];
}

/** A text as a block of code in a list, behind a fence that is longer than any within. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return ['', `  ${fence}text`, ...text.split(/\r?\n|\r/).map((line) => `  ${line}`), `  ${fence}`, ''];
}

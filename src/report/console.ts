/**
 * The report for people: one line an area, one a profile, one block a failure, one line of verdict; 80 columns.
 */
import { styleText } from 'node:util';
import {
  byProfile,
  type CaseResult,
  type Conformance,
  count,
  type Run,
  type Verdict,
} from '../conformance/verdicts.ts';
import { causesOf } from '../conformance/diagnosis/causes.ts';
import { isFixed } from '../scenario/fixed.ts';
import { diagnosisLines } from './diagnosis.ts';
import type { Style } from './difference.ts';
import { oneLine, withoutControls } from './escape.ts';
import { failureLines as linesOf, named, repeatOf } from './failure.ts';
import { freshLines } from './fresh.ts';
import { claimedTexts, judgementTexts } from './judgement.ts';
import { grouped, summaryOf, totals } from './summary.ts';
import { table } from './table.ts';
import { departureLines, undeterminedLines } from './undetermined.ts';
import { wrap } from './wrap.ts';

/** What the report says beside the results. */
export interface ConsoleOptions {
  /** The command line that repeats one case, but for its id and reference. */
  readonly command: string;
  /** The stream that decides on colour (NO_COLOR, FORCE_COLOR, TTY). */
  readonly stream: NodeJS.WriteStream;
}

/** The columns of verdicts, in order. */
const VERDICTS = ['exact', 'bounded', 'failed', 'broken', 'unsupported'] as const;

/** Causes of failures shown in full, a run. */
const SHOWN = 3;

/** The report as text, without a final newline. */
export function consoleReport(result: Conformance, options: ConsoleOptions): string {
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: options.stream });
  const { name, version, in_place_of: other } = result.subject;
  const unrecorded = other === undefined ? '' : `, which was not recorded: held against ${other}, the nearest older`;
  const named = version === undefined || name.endsWith(` ${version}`);
  const title = wrap(oneLine(named ? name : `${name} ${version}`) + unrecorded);
  const lines = [...title.map((line) => style('bold', line)), ''];
  for (const run of result.runs) lines.push(...runLines(run, options, style), '');
  const judged = judgementTexts(result.judgement).flatMap((text) => wrap(`  ${oneLine(text)}`));
  lines.push(...judged, ...(judged.length > 0 ? [''] : []), ...verdictLines(result, style));
  return withoutControls(lines.join('\n'));
}

function runLines(run: Run, options: ConsoleOptions, style: Style): string[] {
  const areas = [...new Set(run.cases.map(({ area }) => area))];
  // Most runs break nowhere.
  const verdicts = VERDICTS.filter((verdict) => verdict !== 'broken' || count(run, verdict) > 0);
  const rows = areas.map((area) => {
    const own = { ...run, cases: run.cases.filter((result) => result.area === area) };
    const { compared, differing } = totals(own.cases);
    return [area, own.cases.length, ...verdicts.map((verdict) => count(own, verdict)), compared, differing];
  });
  const head = ['area', 'cases', ...verdicts, 'numbers', 'differing'];
  return [
    style('bold', run.reference),
    ...table([head, ...rows], '  '),
    ...profileLines(run, verdicts),
    ...rootLines(run),
    ...unclaimedLines(run),
    ...claimedTexts(run).flatMap((text) => wrap(`  ${text}`)),
    ...undeterminedLines(run, named),
    ...departureLines(run),
    ...failureLines(run, options, style),
    ...freshLines(run, options.command, style),
    ...diagnosisLines(run.diagnosis, named, style),
  ];
}

/**
 * The profiles that have cases, and how many of the needs that they stand for the subject claims; nothing where it claims all, and
 * all is well.
 */
function profileLines(run: Run, verdicts: readonly Verdict[]): string[] {
  const profiles = byProfile(run);
  const good = count(run, 'exact') + count(run, 'bounded') === run.cases.length;
  if (good && profiles.every(({ claimed, needs }) => claimed === needs)) return [];
  const rows = profiles
    .filter(({ cases }) => cases.length > 0)
    .map((own) => [
      own.profile,
      own.claimed === own.needs ? 'all' : own.claimed === 0 ? 'nothing' : `${own.claimed} of ${own.needs}`,
      own.cases.length,
      ...verdicts.map((verdict) => count(own, verdict)),
    ]);
  return ['', ...table([['profile', 'claimed', 'cases', ...verdicts], ...rows], '  '), ''];
}

function rootLines({ roots }: Run): string[] {
  if (roots === undefined) return [];
  const share = ((100 * roots.not_ieee) / Math.max(roots.taken, 1)).toFixed(2);
  return [`  ${grouped(roots.taken)} square roots, ${grouped(roots.not_ieee)} of them (${share} %) not IEEE's`];
}

/** Needs that are not claimed, by name; of the others there is a number. */
const UNCLAIMED_SHOWN = 8;

/** What is not claimed, by what would open most; options that the subject fixes come first. */
function unclaimedLines(run: Run): string[] {
  const needs = new Map<string, number>();
  for (const { unclaimed = [] } of run.cases) for (const need of unclaimed) needs.set(need, (needs.get(need) ?? 0) + 1);
  const facets = run.compared.join(', ') || 'nothing';
  const sorted = [...needs].sort(([a, m], [b, n]) => Number(isFixed(b)) - Number(isFixed(a)) || n - m);
  const rest = sorted.length - UNCLAIMED_SHOWN;
  const missing = [
    ...sorted.slice(0, rest > 1 ? UNCLAIMED_SHOWN : undefined).map(([need, n]) => `${need} (${grouped(n)})`),
    ...(rest > 1 ? [`and ${rest} needs more`] : []),
  ].join(', ');
  return [
    ...(run.compared.length === 5 ? [] : wrap(`  compared: ${facets}`, '  ')),
    ...(missing ? wrap(`  not claimed, by cases that need it: ${missing}`, '  ') : []),
  ];
}

/** Each cause by its plainest case. */
function failureLines(run: Run, options: ConsoleOptions, style: Style): string[] {
  const causes = causesOf(run.cases, run.diagnosis?.plainness);
  const byId = new Map(run.cases.map((result) => [result.id, result]));
  const lines = causes
    .slice(0, SHOWN)
    .flatMap(({ plainest, cases }) => ['', ...failure(byId.get(plainest)!, cases, run, options, style)]);
  const shown = Math.min(causes.length, SHOWN);
  const bad = causes.reduce((sum, { cases }) => sum + cases, 0);
  if (bad > shown) lines.push('', `  and ${grouped(bad - shown)} more; --reporter json has all of them`);
  return lines;
}

function failure(result: CaseResult, alike: number, run: Run, options: ConsoleOptions, style: Style): string[] {
  const word = result.broken === undefined ? 'FAILED' : 'BROKEN';
  const also = alike > 1 ? `, and ${grouped(alike - 1)} in the same way` : '';
  const head = wrap(`  ${word} ${result.id}${also}`).map((line) => line.replace(word, style('red', word)));
  return [...head, ...linesOf(result), style('dim', `    ${repeatOf(result, run, options.command)}`)];
}

function verdictLines(result: Conformance, style: Style): string[] {
  const references = result.runs.map(({ reference }) => reference);
  const { outcome, word, text } = summaryOf(result);
  const hang = ' '.repeat(word.length + 2);
  const [first, ...more] = wrap(`${word}  ${text}`, hang);
  const colour = outcome === 'conforms' || outcome === 'as expected' ? 'green' : 'red';
  return [first!.replace(word, style(colour, word)), ...more, ...wrap(`${hang}against ${references.join(', ')}`, hang)];
}

/**
 * The report for people: one line an area, one block a failure, one line of verdict; 80 columns.
 */
import { styleText } from 'node:util';
import { type CaseResult, type Conformance, conforms, count, type Run } from '../conformance/verdicts.ts';
import type { Difference } from '../conformance/difference.ts';
import { table } from './table.ts';

/** What the report says beside the results. */
export interface ConsoleOptions {
  /** The command line that repeats one case, but for its id and reference. */
  readonly command: string;
  /** The stream that decides on colour (NO_COLOR, FORCE_COLOR, TTY). */
  readonly stream: NodeJS.WriteStream;
}

/** Failures shown in full, a run. */
const SHOWN = 3;

/** The report as text, without a final newline. */
export function consoleReport(result: Conformance, options: ConsoleOptions): string {
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: options.stream });
  const { name, version } = result.subject;
  const lines = [style('bold', version === undefined ? name : `${name} ${version}`), ''];
  for (const run of result.runs) lines.push(...runLines(run, options, style), '');
  lines.push(...verdictLines(result, style));
  return lines.join('\n');
}

type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

function runLines(run: Run, options: ConsoleOptions, style: Style): string[] {
  const areas = [...new Set(run.cases.map(({ area }) => area))];
  const rows = areas.map((area) => {
    const own = { ...run, cases: run.cases.filter((result) => result.area === area) };
    const { compared, differing } = totals(own.cases);
    const [exact, within, failed, unsupported, broken] = (
      ['exact', 'bounded', 'failed', 'unsupported', 'broken'] as const
    ).map((v) => count(own, v));
    return [area, own.cases.length, exact!, within!, failed! + broken!, unsupported!, compared, differing];
  });
  const head = ['area', 'cases', 'exact', 'bounded', 'failed', 'unsupported', 'numbers', 'differing'];
  return [
    style('bold', run.reference),
    ...table([head, ...rows], '  '),
    ...rootLines(run),
    ...unclaimedLines(run),
    ...failureLines(run, options, style),
    ...(run.explanation
      ? [
          '',
          `  ${style('yellow', run.explanation.name)}: the port computes this known wrong rule, which`,
          `  ${run.explanation.summary}`,
        ]
      : []),
  ];
}

function rootLines({ roots }: Run): string[] {
  if (roots === undefined) return [];
  const share = ((100 * roots.not_ieee) / Math.max(roots.taken, 1)).toFixed(2);
  return [`  ${group(roots.taken)} square roots, ${group(roots.not_ieee)} of them (${share} %) not IEEE's`];
}

function unclaimedLines(run: Run): string[] {
  const needs = new Map<string, number>();
  for (const { unclaimed = [] } of run.cases) for (const need of unclaimed) needs.set(need, (needs.get(need) ?? 0) + 1);
  const facets = run.compared.join(', ') || 'nothing';
  const missing = [...needs].map(([need, n]) => `${need} (${n})`).join(', ');
  return [
    ...(run.compared.length === 5 ? [] : wrap(`compared: ${facets}`)),
    ...(missing ? wrap(`not claimed, by cases that need it: ${missing}`) : []),
  ];
}

function failureLines(run: Run, options: ConsoleOptions, style: Style): string[] {
  const bad = run.cases.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken');
  const lines = bad.slice(0, SHOWN).flatMap((result) => ['', ...failure(result, run, options, style)]);
  if (bad.length > SHOWN) lines.push('', `  and ${bad.length - SHOWN} more; --reporter json has all of them`);
  return lines;
}

function failure(result: CaseResult, run: Run, options: ConsoleOptions, style: Style): string[] {
  const { id, difference, outside, broken, numbers } = result;
  const head = `  ${style('red', broken === undefined ? 'FAILED' : 'BROKEN')} ${id}`;
  const repeat = `    ${options.command} --reference '${run.reference}' --only '${id}'`;
  if (difference === undefined) return [head, `    ${broken}`, style('dim', repeat)];
  const differing =
    numbers && numbers.differing > 0 ? [`    ${numbers.differing} of ${numbers.compared} numbers differ`] : [];
  return [
    head,
    ...differenceLines(difference),
    ...outsideLines(difference, outside),
    ...differing,
    style('dim', repeat),
  ];
}

function differenceLines({ op, operation, where, facet, expected, actual, ulps }: Difference): string[] {
  const apart = ulps === undefined ? '' : `   ${ulps.startsWith('-') ? ulps : `+${ulps}`} ulp`;
  return [
    `    operation ${op} (${operation}), ${where}   [${facet}]`,
    `      expected  ${expected}`,
    `      actual    ${actual}${apart}`,
  ];
}

/** Where rounding alone cannot explain what differs, if that is another place. */
function outsideLines(difference: Difference, outside: Difference | undefined): string[] {
  if (outside === undefined || (outside.op === difference.op && outside.where === difference.where)) return [];
  return [
    `    more than rounding: ${outside.where}`,
    `      expected  ${outside.expected}`,
    `      actual    ${outside.actual}`,
  ];
}

function verdictLines(result: Conformance, style: Style): string[] {
  const all = result.runs.flatMap(({ cases }) => cases);
  const { compared, differing } = totals(all);
  const references = result.runs.map(({ reference }) => reference);
  const unsupported = all.filter(({ verdict }) => verdict === 'unsupported').length;
  if (conforms(result)) {
    const note = unsupported > 0 ? `, ${group(unsupported)} unsupported` : '';
    const exact = all.filter(({ verdict }) => verdict === 'exact').length;
    const within = all.filter(({ verdict }) => verdict === 'bounded').length;
    const also = within > 0 ? `, ${group(within)} bounded` : '';
    const bits = `${group(differing)} differing${undetermined(all)}`;
    const what = `${group(exact)} cases exact${also}${note}; ${group(compared)} numbers, ${bits}`;
    return [`${style('green', 'CONFORMS')}  ${what}`, ...wrap(`against ${references.join(', ')}`, '          ')];
  }
  const failed = all.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken').length;
  const why =
    failed === 0
      ? 'no case ran: the port claims too little for any of them'
      : `${group(failed)} of ${group(all.length)} cases failed; ${group(differing)} of ${group(compared)} numbers differ`;
  return [
    `${style('red', 'DOES NOT CONFORM')}  ${why}`,
    ...wrap(`against ${references.join(', ')}`, '                  '),
  ];
}

function undetermined(cases: readonly CaseResult[]): string {
  const sum = cases.reduce((n, result) => n + (result.undetermined ?? 0), 0);
  return sum > 0 ? `, ${group(sum)} undetermined` : ' bits';
}

function totals(cases: readonly CaseResult[]): { readonly compared: number; readonly differing: number } {
  return cases.reduce(
    (sum, { numbers }) => ({
      compared: sum.compared + (numbers?.compared ?? 0),
      differing: sum.differing + (numbers?.differing ?? 0),
    }),
    { compared: 0, differing: 0 },
  );
}

function group(n: number): string {
  return n.toLocaleString('en-US');
}

/** Breaks a text between words into lines of at most 80 columns. */
function wrap(text: string, indent: string = '  '): string[] {
  const lines = [indent];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    const next = last === indent ? indent + word : `${last} ${word}`;
    if (next.length <= 80 || last === indent) lines[lines.length - 1] = next;
    else lines.push(indent + word);
  }
  return lines;
}

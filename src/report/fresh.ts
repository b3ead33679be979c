/**
 * What the report for people says of fresh programs: a line, and the first that differs.
 */
import { countFresh, freshVerdict, isWithoutItsValues, type Run } from '../conformance/verdicts.ts';
import { differenceLines, outsideLines, type Style } from './difference.ts';
import { settledLines } from './undetermined.ts';
import { wrap } from './wrap.ts';

const VERDICTS = ['exact', 'bounded', 'failed', 'broken'] as const;

const VERDICT_WORDS = { conforms: 'conform', differs: 'differ', broken: 'broke the adapter' } as const;

/** The lines of a run; none where no fresh program was tried. */
export function freshLines(run: Run, command: string, style: Style): string[] {
  const { fresh } = run;
  if (fresh === undefined) return [];
  const counts = VERDICTS.flatMap((verdict) =>
    countFresh(run, verdict) > 0 ? [`${countFresh(run, verdict)} ${verdict}`] : [],
  );
  const verdict = VERDICT_WORDS[freshVerdict(run)];
  const line = wrap(`  ${fresh.count} fresh programs (seed ${fresh.seed}) ${verdict}: ${counts.join(', ')}`);
  const bad = fresh.results.find(({ verdict }) => verdict === 'failed' || verdict === 'broken');
  if (bad === undefined) return line;
  const repeat = `    ${command} --reference '${run.reference}' --seed ${fresh.seed} --fresh ${fresh.count}`;
  const word = bad.verdict === 'broken' ? 'BROKEN' : 'FAILED';
  return [
    ...line,
    '',
    ...wrap(`  ${word} ${bad.id}`).map((text) => text.replace(word, style('red', word))),
    ...(bad.difference === undefined ? wrap(`    ${bad.broken}`) : differenceLines(bad.difference)),
    ...(bad.difference === undefined ? [] : outsideLines(bad.difference, bad.outside)),
    ...settledLines(bad),
    ...wrap('    expected by the port of this package; --reporter json has the program'),
    style('dim', repeat),
  ];
}

/** What the last line adds where fresh programs fail. */
export function freshSummary(runs: readonly Run[]): string {
  const failed = runs.reduce((sum, run) => sum + countFresh(run, 'failed'), 0);
  if (failed === 0) return '';
  const tried = runs.reduce((sum, { fresh }) => sum + (fresh?.results.length ?? 0), 0);
  const golden = runs.some(({ cases }) => cases.some(({ verdict }) => verdict === 'failed'));
  const meaning = golden || runs.every(isWithoutItsValues) ? '' : ': the port is right on the golden inputs alone';
  return `; ${failed} of ${tried} fresh programs failed${meaning}`;
}

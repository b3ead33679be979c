/**
 * One failed or broken case: what differs where, which clauses it tries, and the command that repeats it.
 */
import { type CauseGroup, groupedByCause } from '../conformance/diagnosis/causes.ts';
import type { CaseResult, Run } from '../conformance/verdicts.ts';
import { clauses as allClauses } from '../golden/clauses.ts';
import { differenceLines, outsideLines } from './difference.ts';
import { settledLines } from './undetermined.ts';
import { wrap } from './wrap.ts';

/** A clause by its id and title. */
export function named(clause: string): string {
  const title = allClauses().get(clause)?.title;
  return title === undefined ? clause : `${clause} "${title}"`;
}

/** The causes of a run's failures; those of its fresh programs where its cases have none. */
export function causesIn({ cases, fresh, diagnosis }: Run): readonly CauseGroup[] {
  const own = groupedByCause(cases, diagnosis?.plainness);
  return own.length > 0 ? own : groupedByCause(fresh?.results ?? []);
}

/** What is to be said of a case below its id, in lines of 80 columns that are indented by four. */
export function failureLines(result: CaseResult): string[] {
  const { difference, outside, broken, numbers, clauses } = result;
  if (difference === undefined) return wrap(`    ${broken ?? 'differs'}`);
  const differing =
    numbers && numbers.differing > 0 ? [`    ${numbers.differing} of ${numbers.compared} numbers differ`] : [];
  return [
    ...differenceLines(difference),
    ...outsideLines(difference, outside),
    ...settledLines(result),
    ...differing,
    ...(clauses.length > 0 ? wrap(`    tries ${clauses.map(named).join(', ')}`) : []),
  ];
}

/**
 * The command that repeats a case.
 *
 * @param command what repeats the whole check
 */
export function repeatOf({ id }: Pick<CaseResult, 'id'>, run: Run, command: string): string {
  // What is held against PyTorch itself is held against no reference.
  const against = run.roots === undefined ? ` --reference '${run.reference}'` : '';
  if (run.fresh?.results.some((result) => result.id === id))
    return `${command}${against} --seed ${run.fresh.seed} --fresh ${run.fresh.count}`;
  return `${command}${against} --only '${id}'`;
}

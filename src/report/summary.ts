/**
 * The verdict in a word and a sentence, as every report for people ends or begins with it.
 */
import {
  type CaseResult,
  type Conformance,
  countFresh,
  isWithoutItsValues,
  type Outcome,
  outcomeOf,
  type Verdict,
} from '../conformance/verdicts.ts';
import type { Judgement } from '../conformance/expectations.ts';
import { freshSummary } from './fresh.ts';

/** What came of it all, in words. */
export interface Summary {
  readonly outcome: Outcome;
  /** Such as DOES NOT CONFORM. */
  readonly word: string;
  /** Counts, as a sentence without a full stop. */
  readonly text: string;
}

const WORDS: Readonly<Record<Outcome, string>> = {
  conforms: 'CONFORMS',
  'as expected': 'AS EXPECTED',
  differs: 'DOES NOT CONFORM',
  stale: 'STALE EXPECTATIONS',
  broken: 'BROKEN',
  'none ran': 'NO CASE RAN',
};

/** The summary of a result. */
export function summaryOf(result: Conformance): Summary {
  const outcome = outcomeOf(result);
  const cases = result.runs.flatMap((run) => run.cases);
  const said = valuesMissing(outcome, result) ?? counted(outcome, cases, result.judgement);
  return { outcome, word: WORDS[outcome], text: `${said}${freshSummary(result.runs)}` };
}

/** Where no golden case has the values that the subject fixes, what that says; undefined elsewhere. */
function valuesMissing(outcome: Outcome, { runs, judgement }: Conformance): string | undefined {
  const [run] = runs;
  if (run === undefined || !runs.every(isWithoutItsValues)) return undefined;
  if (outcome === 'broken' || outcome === 'stale' || (outcome === 'differs' && judgement !== undefined))
    return undefined;
  const missing = `none of the cases has ${run.fixed!.join(' and ')}`;
  if (outcome === 'none ran') return `${missing}, and no fresh program says more`;
  if (outcome === 'differs') return missing;
  const of = (verdict: Verdict): number => runs.reduce((sum, one) => sum + countFresh(one, verdict), 0);
  const all = runs.reduce((sum, { fresh }) => sum + (fresh?.results.length ?? 0), 0);
  const bounded = of('bounded') > 0 ? `, ${grouped(of('bounded'))} bounded` : '';
  return `${missing}; of ${grouped(all)} fresh programs ${grouped(of('exact'))} exact${bounded}`;
}

/** Numbers of some cases: how many were compared, and how many differ. */
export function totals(cases: readonly CaseResult[]): { readonly compared: number; readonly differing: number } {
  return cases.reduce(
    (sum, { numbers }) => ({
      compared: sum.compared + (numbers?.compared ?? 0),
      differing: sum.differing + (numbers?.differing ?? 0),
    }),
    { compared: 0, differing: 0 },
  );
}

/** A count with thousands separators. */
export function grouped(n: number): string {
  return n.toLocaleString('en-US');
}

function counted(outcome: Outcome, cases: readonly CaseResult[], judgement?: Judgement): string {
  const { compared, differing } = totals(cases);
  const of = (verdict: Verdict): number => cases.filter((result) => result.verdict === verdict).length;
  const also = (verdict: Verdict): string => (of(verdict) > 0 ? `, ${grouped(of(verdict))} ${verdict}` : '');
  switch (outcome) {
    case 'conforms':
      return `${grouped(of('exact'))} cases exact${also('bounded')}${also('unsupported')}; ${grouped(compared)} numbers, ${grouped(differing)} differing${undetermined(cases)}`;
    case 'as expected':
      return `${grouped(of('failed'))} of ${grouped(cases.length)} cases failed, all of them accepted`;
    case 'stale':
      return `${grouped(judgement!.stale.length)} of what is expected ${judgement!.stale.length === 1 ? 'is' : 'are'} no longer so; --update writes what is`;
    case 'differs':
      if (judgement !== undefined) return judgedText(judgement, cases);
      return `${grouped(of('failed'))} of ${grouped(cases.length)} cases failed; ${grouped(differing)} of ${grouped(compared)} numbers differ`;
    case 'broken':
      return `the adapter broke in ${grouped(of('broken'))} of ${grouped(cases.length)} cases${also('failed')}; this says nothing of the port`;
    case 'none ran':
      return 'the port claims too little for any of them';
  }
}

function undetermined(cases: readonly CaseResult[]): string {
  const sum = cases.reduce((n, result) => n + (result.undetermined ?? 0), 0);
  return sum > 0 ? `, ${grouped(sum)} undetermined` : '';
}

/** What was expected otherwise. */
function judgedText({ unexpected, broken, worse }: Judgement, cases: readonly CaseResult[]): string {
  const failed = `${grouped(unexpected.length)} of ${grouped(cases.length)} cases failed unexpectedly`;
  return [
    ...(unexpected.length > 0 || worse.length === 0 ? [failed] : []),
    ...(worse.length > 0 ? ['worse than is accepted'] : []),
    ...(broken.length > 0 ? [`promises not kept: ${grouped(broken.length)}`] : []),
  ].join('; ');
}

/**
 * The cases as the page's script lists them: ids once, a verdict as a letter, what is said of a case once a text.
 */
import type { CaseResult, Run } from '../../conformance/verdicts.ts';

/** What the script reads. */
export interface CaseData {
  /** Ids of all cases, with their profiles and clauses. */
  readonly cases: readonly (readonly [id: string, profile: string, clauses: string])[];
  readonly texts: readonly string[];
  readonly runs: readonly {
    readonly reference: string;
    /** Indices into `cases`. */
    readonly ids: readonly number[];
    /** A letter a case: e, b, f, u, x (broken). */
    readonly verdicts: string;
    /** What is said of a case, by its place in `ids`, as an index into `texts`. */
    readonly said: Readonly<Record<string, number>>;
  }[];
}

/** Texts that the page holds; those beyond are in the JSON report. */
const MOST_TEXTS = 8000;

const LETTERS = { exact: 'e', bounded: 'b', failed: 'f', unsupported: 'u', broken: 'x' } as const;

/** The data of some runs. */
export function caseData(runs: readonly Run[]): CaseData {
  const cases = new Map<string, { readonly index: number; readonly row: readonly [string, string, string] }>();
  const texts = new Map<string, number>();
  const indexOf = ({ id, profile, clauses }: CaseResult): number => {
    if (!cases.has(id)) cases.set(id, { index: cases.size, row: [id, profile, clauses.join(' ')] });
    return cases.get(id)!.index;
  };
  const listed = runs.map((run) => {
    const results = [...run.cases, ...(run.fresh?.results ?? [])];
    const said: Record<string, number> = {};
    for (const [i, result] of results.entries()) {
      const text = textOf(result);
      if (text === undefined) continue;
      if (!texts.has(text) && texts.size < MOST_TEXTS) texts.set(text, texts.size);
      const index = texts.get(text);
      if (index !== undefined) said[i] = index;
    }
    const verdicts = results.map(({ verdict }) => LETTERS[verdict]).join('');
    return { reference: run.reference, ids: results.map(indexOf), verdicts, said };
  });
  return { cases: [...cases.values()].map(({ row }) => row), texts: [...texts.keys()], runs: listed };
}

/** A message that is longer is cut: the whole stands in the JSON report. */
const MOST = 240;

function textOf({ verdict, unclaimed, broken, difference }: CaseResult): string | undefined {
  if (verdict === 'unsupported') return `not claimed: ${(unclaimed ?? []).join(', ')}`;
  if (broken !== undefined) return broken.slice(0, MOST);
  if (difference === undefined || verdict !== 'failed') return undefined;
  const { operation, where, expected, actual, ulps } = difference;
  return `${operation}, ${where}: expected ${expected.slice(0, MOST)}, got ${actual.slice(0, MOST)}${ulps === undefined ? '' : `, ${ulps} ulp`}`;
}

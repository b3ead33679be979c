/**
 * Holding a subject that follows targets against whole golden files, one after the other: a case is run once for all references whose
 * targets make no difference to the subject, and compared once for all that observed the same.
 */
import type { Folder } from '../golden/read.ts';
import type { Case, ReferenceName } from '../golden/types.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Observation } from '../scenario/types.ts';
import type { Subject, SubjectSource } from '../subject/subject.ts';
import { judge } from './judge.ts';
import { type CaseResult, identityOf, targetOf } from './verdicts.ts';

/** The results of the cases of a file, for each reference. */
export type FileResults = ReadonlyMap<ReferenceName, readonly CaseResult[]>;

/**
 * What holds a subject against files: it gives the results of a file, undefined where a case is not exact, or the adapter broke in it.
 *
 * @throws AdapterError when no subject can be made
 */
export async function openJudge(
  folder: Folder,
  source: SubjectSource,
  references: readonly ReferenceName[],
): Promise<(name: string) => Promise<FileResults | undefined>> {
  const subjects = new Map<ReferenceName, Subject>();
  for (const reference of references) subjects.set(reference, await source.open(targetOf(reference)));
  return async (name) => {
    const results = new Map<ReferenceName, CaseResult[]>(references.map((reference) => [reference, []]));
    for (const c of folder.cases(name)) {
      const own = await resultsOf(c, source, subjects);
      if (own === undefined) return undefined;
      for (const [reference, result] of own) results.get(reference)!.push(result);
    }
    return results;
  };
}

interface Ran {
  readonly observations: readonly Observation[];
  readonly judged: { readonly expected: readonly Observation[]; readonly result: CaseResult }[];
}

async function resultsOf(
  c: Case,
  source: SubjectSource,
  subjects: ReadonlyMap<ReferenceName, Subject>,
): Promise<ReadonlyMap<ReferenceName, CaseResult> | undefined> {
  const results = new Map<ReferenceName, CaseResult>();
  const ran = new Map<string, Ran>();
  for (const [reference, subject] of subjects) {
    const expected = c.observed.get(reference);
    if (expected === undefined) continue;
    const unclaimed = c.needs.filter((need) => !subject.supports.includes(need));
    if (unclaimed.length > 0) {
      results.set(reference, { ...identityOf(c), verdict: 'unsupported', unclaimed });
      continue;
    }
    const same = source.sameFor?.(targetOf(reference), c.scenario) ?? reference;
    let run = ran.get(same);
    try {
      if (run === undefined) ran.set(same, (run = { observations: await subject.run(c.scenario), judged: [] }));
    } catch (error) {
      if (error instanceof AdapterError) return undefined;
      throw error;
    }
    let known = run.judged.find((one) => alike(one.expected, expected));
    if (known === undefined)
      run.judged.push((known = { expected, result: judge(subject, c, reference, run.observations) }));
    if (known.result.verdict !== 'exact') return undefined;
    results.set(reference, known.result);
  }
  return results;
}

/** Whether two references observed the same; a file holds equal observations once. */
function alike(a: readonly Observation[], b: readonly Observation[]): boolean {
  return a.every((observation, i) => observation === b[i]);
}

/**
 * Holding what a subject observed of a case against a reference.
 */
import type { Case, ReferenceName } from '../golden/types.ts';
import { FACETS, type Facet } from '../scenario/needs.ts';
import type { Observation } from '../scenario/types.ts';
import type { Subject, SubjectSource } from '../subject/subject.ts';
import { compare } from './compare.ts';
import { type CaseResult, type Conformance, identityOf } from './verdicts.ts';

/** Holds the observations of a case against a reference's, bit for bit. */
export function judge(
  subject: Subject,
  c: Case,
  reference: ReferenceName,
  observations: readonly Observation[],
): CaseResult {
  const { numbers, first } = compare(c.scenario, c.observed.get(reference)!, observations, new Set(facets(subject)));
  return first === undefined
    ? { ...identityOf(c), verdict: 'exact', numbers }
    : { ...identityOf(c), verdict: 'failed', numbers, difference: first };
}

/** The facets that a subject claims. */
export function facets(subject: Subject): Facet[] {
  return FACETS.filter((facet) => subject.supports.includes(facet));
}

/** What is reported of a subject. */
export function identity(subject: Subject, source: SubjectSource): Conformance['subject'] {
  // What a source adds to the name may be no more than the version.
  const plain = [subject.name, `${subject.name} ${subject.version}`].includes(source.name);
  const name = plain ? subject.name : `${subject.name} (${source.name})`;
  return subject.version === undefined ? { name } : { name, version: subject.version };
}

/**
 * Examining an adapter: tiny programs whose outcome says whether the adapter does what it should, whatever rule the port computes.
 */
import { AdapterError } from '../../scenario/adapter-error.ts';
import type { Subject } from '../subject.ts';
import { EXAMINATIONS } from './examinations.ts';
import { Patient } from './patient.ts';

/** What an examination found. */
export interface Finding {
  /** What is right, or should be, as a sentence. */
  readonly what: string;
  /** What is wrong and what to mend; absent where all is well. */
  readonly mend?: string;
}

/**
 * Examines an adapter by what it claims.
 *
 * @returns what was looked at, in order; an examination in which the adapter breaks is to be mended too
 */
export async function examine(subject: Subject): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const patient = new Patient(subject);
  for (const { what, needs, look } of EXAMINATIONS) {
    if (!needs.every((need) => subject.supports.includes(need))) continue;
    let mend: string | undefined;
    try {
      mend = await look(patient);
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      mend = error.message;
    }
    findings.push(mend === undefined ? { what } : { what, mend });
  }
  return findings;
}

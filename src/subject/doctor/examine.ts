/**
 * Examining an adapter: tiny programs whose outcome says whether the adapter does what it should, whatever rule the port computes.
 */
import { AdapterError } from '../../scenario/adapter-error.ts';
import type { Subject } from '../subject.ts';
import { EXAMINATIONS, type Fault } from './examinations.ts';
import { Patient } from './patient.ts';

/** What an examination found. */
export interface Finding {
  /** What is right, or should be, as a sentence. */
  readonly what: string;
  /** What is wrong with the adapter and what to mend; absent where all is well. */
  readonly mend?: string;
  /** What is wrong with the adapter or the port, who looks can tell; absent where all is well. */
  readonly look?: string;
}

/**
 * Examines an adapter by what it claims.
 *
 * @returns what was looked at, in order; an examination in which the adapter breaks is to be mended too
 */
export async function examine(subject: Subject): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const patient = new Patient(subject);
  for (const { what, needs, fixed, examine: look } of EXAMINATIONS) {
    if (!needs.every((need) => subject.supports.includes(need))) continue;
    if (fixed !== undefined && subject.fixed?.has(fixed) === true) continue;
    let fault: Fault | undefined;
    try {
      fault = await look(patient);
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      fault = { mend: error.message };
    }
    findings.push({ what, ...fault });
  }
  return findings;
}

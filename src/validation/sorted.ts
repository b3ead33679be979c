/**
 * The order in which findings are told, and how many.
 */
import { type Code, type Finding, SEVERITIES } from './finding.ts';

/** Findings of one code beyond this are counted. */
const MOST = 10;
/** At most so many findings of a code; the last says how many more there are. */
export function capped<T extends { readonly code: Code; readonly message: string }>(all: readonly T[]): T[] {
  const counts = new Map<Code, number>();
  for (const { code } of all) counts.set(code, (counts.get(code) ?? 0) + 1);
  const seen = new Map<Code, number>();
  return all.flatMap((one) => {
    const n = (seen.get(one.code) ?? 0) + 1;
    seen.set(one.code, n);
    const more = counts.get(one.code)! - MOST;
    if (n > MOST) return [];
    return n === MOST && more > 0 ? [{ ...one, message: `${one.message}; and ${more} more like this` }] : [one];
  });
}

/** The worst first. */
export function sorted(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

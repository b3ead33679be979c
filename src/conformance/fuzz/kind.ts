/**
 * Kinds of differences: what a counterexample is about, whatever its numbers and names.
 */
import type { Difference } from '../difference.ts';

/** Equal for differences of one facet in one operation, of numbers or not, of the same errors. */
export function kindOf({ facet, operation, element, ulps, expected, actual }: Difference): string {
  return [facet, operation, ...(element === undefined ? between(facet, expected, actual) : [ofNumbers(ulps)])].join(
    '\n',
  );
}

function ofNumbers(ulps: string | undefined): string {
  if (ulps === undefined) return 'where NaNs are';
  return ulps === '0' ? 'the sign of zero' : 'a number';
}

/** Types of errors, without their messages; counts without their digits. */
function between(facet: Difference['facet'], ...texts: readonly string[]): string[] {
  if (facet !== 'errors' && facet !== 'messages') return [];
  return texts.map((text) => text.split(':')[0]!.replace(/^\d+$/, 'a count'));
}

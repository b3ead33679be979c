/**
 * Differences in the report for people.
 */
import type { styleText } from 'node:util';
import type { Difference } from '../conformance/difference.ts';
import { grouped } from './summary.ts';
import { wrap } from './wrap.ts';

/** Colours a text, or leaves it where colours are not wanted. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Where two observations differ, what was expected there and what came. */
export function differenceLines({ op, operation, where, facet, expected, actual, ulps }: Difference): string[] {
  return [
    ...wrap(`    operation ${op} (${operation}), ${where}   [${facet}]`),
    ...wrap(`      expected  ${expected}`),
    ...wrap(`      actual    ${actual}${ulps === undefined ? '' : `   ${apart(ulps)}`}`.trimEnd()),
  ];
}

/** Digits of a count of ulps that is still read. */
const FAR = 6;

/** Numbers of other bits that no number lies between are zeros of either sign. */
function apart(ulps: string): string {
  if (ulps === '0') return 'the sign of zero differs';
  const count = ulps.replace('-', '');
  // Of numbers that are nowhere near, how many lie between them says nothing.
  if (count.length > FAR) return '';
  return `${ulps.startsWith('-') ? '-' : '+'}${grouped(Number(count))} ulp`;
}

/** Where rounding alone cannot explain what differs, if that is another place. */
export function outsideLines(difference: Difference, outside: Difference | undefined): string[] {
  if (outside === undefined || (outside.op === difference.op && outside.where === difference.where)) return [];
  return [
    ...wrap(`    more than rounding: ${outside.where}`),
    ...wrap(`      expected  ${outside.expected}`),
    ...wrap(`      actual    ${outside.actual}`),
  ];
}

/**
 * The form in which PyTorch prints the elements of a tensor: one for all of them, chosen by their magnitudes (clause RPR-7).
 */
import { exponential, fixed } from '../../python/text/numbers.ts';

/** How elements are printed. */
export interface Form {
  /** Characters of the longest number, by which the lines are filled. */
  readonly width: number;
  /** An element, with spaces in front up to the width. */
  readonly print: (x: number) => string;
}

/** The form for the elements that will be printed. Zeros, NaN and infinities have no part in the choice, nor in the width. */
export function formOf(elements: readonly number[]): Form {
  const telling = elements.filter((x) => x !== 0 && Number.isFinite(x));
  const print = printer(telling);
  const width = telling.reduce((longest, x) => Math.max(longest, print(x).length), 1);
  return { width, print: (x) => print(x).padStart(width) };
}

function printer(telling: readonly number[]): (x: number) => string {
  const sizes = telling.map(Math.abs);
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  // Of no elements at all the quotient is zero.
  if (most / least > 1000 || most > 1e8 || least < 1e-4) return exponential;
  if (!telling.every(Number.isInteger)) return (x) => fixed(x, 4);
  return (x) => (Number.isFinite(x) ? `${fixed(x, 0)}.` : fixed(x, 0));
}

/**
 * The form in which PyTorch prints the elements of a tensor: one for all of them, chosen by their magnitudes (clause RPR-7).
 */
import { exponential, fixed } from '../../python/text/numbers.ts';
import type { Data } from '../dtype.ts';

/** How elements are printed. */
export interface Form {
  /** Characters of the longest element, by which the lines are filled. */
  readonly width: number;
  /** The element at an index, with spaces in front up to the width. */
  readonly print: (index: number) => string;
}

/** How numbers are printed: as elements, or as parts of complex ones. */
interface NumberForm {
  readonly width: number;
  readonly print: (x: number) => string;
}

/**
 * The form of elements in C order, complex ones as both parts.
 *
 * @param shown indices of those that will be printed
 */
export function formOf(elements: Data, shown: readonly number[], complex: boolean): Form {
  if (!complex) {
    const { width, print } = numberForm(shown.map((i) => elements[i]!));
    return { width, print: (i) => print(elements[i]!) };
  }
  const real = numberForm(shown.map((i) => elements[2 * i]!));
  const imaginary = numberForm(shown.map((i) => elements[2 * i + 1]!));
  return {
    width: real.width + imaginary.width + 'j'.length,
    print(i) {
      const text = imaginary.print(elements[2 * i + 1]!).trimStart();
      return `${real.print(elements[2 * i]!)}${text.startsWith('-') ? '' : '+'}${text}j`;
    },
  };
}

/** The form for the numbers that will be printed. Zeros, NaN and infinities have no part in the choice, nor in the width. */
function numberForm(elements: readonly number[]): NumberForm {
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

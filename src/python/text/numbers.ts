/**
 * Numbers as Python prints them, and as PyTorch does inside a tensor.
 */
import { isInt } from '../numbers.ts';

/** `repr` of a JavaScript number: an int where it is integral and JavaScript writes it without an exponent, else a float (ERR-2). */
export function numberText(x: number): string {
  return isInt(x) ? x.toString() : floatText(x);
}

/** `repr` of a Python float: the shortest decimal, with an exponent below 1e-4 and from 1e16. */
export function floatText(x: number): string {
  if (!Number.isFinite(x)) return notFinite(x);
  const [mantissa, exponent] = Math.abs(x).toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) return sign(x) + twoDigits(`${mantissa}e${exponent}`);
  return sign(x) + (Number.isInteger(x) ? Math.abs(x).toFixed(1) : Math.abs(x).toString());
}

/** `str` of a Python complex number. */
export function complexText(real: number, imaginary: number): string {
  const text = (x: number): string => floatText(x).replace(/\.0$/, '');
  if (Object.is(real, 0)) return `${text(imaginary)}j`;
  const signed = text(imaginary);
  return `(${text(real)}${signed.startsWith('-') ? '' : '+'}${signed}j)`;
}

/** `f'{x:.0f}'` of an integral number below 1e21, `f'{x:.4f}'` of any other. */
export function fixed(x: number, decimals: 0 | 4): string {
  if (!Number.isFinite(x)) return notFinite(x);
  const size = Math.abs(x);
  return sign(x) + (decimals === 0 ? size.toFixed(0) : rounded(size.toFixed(MANY), size.toFixed(4)));
}

/** `f'{x:.4e}'`. */
export function exponential(x: number): string {
  if (!Number.isFinite(x)) return notFinite(x);
  const size = Math.abs(x);
  return sign(x) + twoDigits(rounded(size.toExponential(MANY), size.toExponential(4)));
}

/** As many digits as JavaScript gives: enough to tell any double from a half. */
const MANY = 100;

const HALF = /(\.\d{3}[02468])50*(?=e|$)/;

/** A decimal of four digits after the point: JavaScript's rounds a half up, Python rounds it to the even digit. */
function rounded(exact: string, halfUp: string): string {
  return HALF.test(exact) ? exact.replace(HALF, '$1') : halfUp;
}

function notFinite(x: number): string {
  return Number.isNaN(x) ? 'nan' : `${sign(x)}inf`;
}

function sign(x: number): '' | '-' {
  return x < 0 || Object.is(x, -0) ? '-' : '';
}

function twoDigits(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

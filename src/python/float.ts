/**
 * Python's `float(x)` (clauses LSD-15 and RPR-12).
 */
import { TypeError, ValueError } from './errors.ts';
import { typeName } from './type-name.ts';
import { repr } from './text/repr.ts';

/** The float that a number or a text is. @throws TypeError or ValueError where there is none */
export function toFloat(x: unknown): number {
  if (typeof x === 'number') return x;
  if (typeof x === 'boolean') return x ? 1 : 0;
  if (typeof x !== 'string')
    throw new TypeError(`float() argument must be a string or a real number, not '${typeName(x)}'`);
  const text = x.replaceAll(DIGIT, (digit) => String(valueOf(digit))).replaceAll(AROUND, '');
  if (NUMBER.test(text)) return Number(text.replaceAll('_', ''));
  const [, sign, name] = NAME.exec(text) ?? [];
  if (name === undefined) throw new ValueError(`could not convert string to float: ${repr(x)}`);
  return name.toLowerCase() === 'nan' ? NaN : sign === '-' ? -Infinity : Infinity;
}

const NAME = /^([+-]?)(inf|infinity|nan)$/i;
const NUMBER = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;

// Python's spaces and not JavaScript's: with U+0085, without U+FEFF; of ASCII C's.
const SPACES = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const AROUND = new RegExp(`^${SPACES}|${SPACES}$`, 'g');

const DIGIT = /\p{Nd}/gu;

/** The value of a decimal digit of any script: they come ten in a row, from zero up. */
function valueOf(digit: string): number {
  const at = digit.codePointAt(0)!;
  let zero = at;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (at - zero) % 10;
}

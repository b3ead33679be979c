/**
 * Python's `float(x)` (clause LSD-15).
 */
import { TypeError, ValueError } from './errors.ts';
import { repr } from './text/repr.ts';
import { typeName } from './type-name.ts';

/**
 * The float that a number is. Texts are not read: what a checkpoint holds is a number or a tensor.
 *
 * @throws TypeError for what is neither a number nor a text, ValueError for a text
 */
export function toFloat(x: unknown): number {
  if (typeof x === 'number' || typeof x === 'boolean') return Number(x);
  if (typeof x === 'string') throw new ValueError(`could not convert string to float: ${repr(x)}`);
  throw new TypeError(`float() argument must be a string or a real number, not '${typeName(x)}'`);
}

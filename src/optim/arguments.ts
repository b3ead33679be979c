/**
 * Arguments of constructors and methods, as Python binds them to a signature (clauses OPT-1 and OPT-2).
 */
import { TypeError } from '../tensor/errors.ts';
import { isPlain } from './dict.ts';

/**
 * What Python raises where positional arguments were not given.
 *
 * @param method its qualified name
 */
export function missing(method: string, ...names: readonly string[]): TypeError {
  const quoted = names.map((name) => `'${name}'`).join(' and ');
  const noun = names.length === 1 ? 'argument' : 'arguments';
  return new TypeError(`${method}() missing ${names.length} required positional ${noun}: ${quoted}`);
}

/**
 * Binds keyword arguments, in the order in which they were written, to what positional ones have left.
 *
 * @param positional names that have a value already
 * @param known every name that there is
 * @throws TypeError for the first keyword that is not known or has a value already; for one that is no object, as a positional
 * argument would be
 */
export function check_keywords(
  method: string,
  keywords: object,
  positional: readonly string[],
  known: ReadonlySet<string>,
): void {
  if (!isPlain(keywords))
    throw new TypeError(
      `${method}() takes keyword arguments as one object; the port has no other positional arguments`,
    );
  for (const name of Object.keys(keywords)) {
    if (positional.includes(name)) throw new TypeError(`${method}() got multiple values for argument '${name}'`);
    if (!known.has(name)) throw new TypeError(`${method}() got an unexpected keyword argument '${name}'`);
  }
}

/**
 * Arguments of constructors and methods, as Python binds them to a signature (clauses OPT-1 and OPT-2).
 */
import { type Dict, isPlain } from './dict.ts';
import { TypeError } from './errors.ts';
import { tuple } from './tuple.ts';
import { typeName } from './type-name.ts';

/** What a method takes: its qualified name, the names of its arguments with `self` in front, and how many of them have no default. */
export interface Signature {
  readonly method: string;
  readonly names: readonly string[];
  readonly required: number;
}

/**
 * The values of a call by the names of a signature; what was not given is not there.
 *
 * @param positional values in the order of the names, `self` in front
 * @param keywords one object, in the order in which they were written
 * @throws TypeError for the first keyword that is not known or has a value already, then for too many or missing positional
 * arguments; for keywords that are no object, as a positional argument would be
 */
export function bind({ method, names, required }: Signature, positional: readonly unknown[], keywords: object): Dict {
  if (!isPlain(keywords))
    throw new TypeError(
      `${method}() takes keyword arguments as one object; the port has no other positional arguments`,
    );
  for (const name of Object.keys(keywords)) {
    if (!names.includes(name)) throw new TypeError(`${method}() got an unexpected keyword argument '${name}'`);
    if (names.indexOf(name) < positional.length)
      throw new TypeError(`${method}() got multiple values for argument '${name}'`);
  }
  if (positional.length > names.length)
    throw new TypeError(
      `${method}() takes from ${required} to ${names.length} positional arguments but ${positional.length} were given`,
    );
  const bound: Dict = { ...Object.fromEntries(positional.map((value, i) => [names[i]!, value])), ...keywords };
  const absent = names.slice(0, required).filter((name) => !Object.hasOwn(bound, name));
  if (absent.length > 0) throw missing(method, absent);
  return bound;
}

function missing(method: string, names: readonly string[]): TypeError {
  const quoted = names.map((name) => `'${name}'`).join(' and ');
  const noun = names.length === 1 ? 'argument' : 'arguments';
  return new TypeError(`${method}() missing ${names.length} required positional ${noun}: ${quoted}`);
}

/** The arguments that are there: what is `undefined` was not given. */
export function given(args: Dict): Dict {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/**
 * Arguments as a function with `*args, **kwargs` sees them: `self` in front, keyword arguments, which are a plain object behind the
 * others, apart, in a dictionary that is new for every call (clause HKS-5).
 */
export function splitArguments(self: unknown, args: readonly unknown[]): [args: readonly unknown[], kwargs: Dict] {
  const last = args.at(-1);
  return isPlain(last) ? [tuple(self, ...args.slice(0, -1)), { ...last }] : [tuple(self, ...args), {}];
}

/** Calls what may be no function. @throws TypeError as Python does then */
export function call(callee: unknown, ...args: readonly unknown[]): unknown {
  if (typeof callee !== 'function') throw new TypeError(`'${typeName(callee)}' object is not callable`);
  return (callee as (...values: readonly unknown[]) => unknown)(...args);
}

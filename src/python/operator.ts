/**
 * Python's operators on values of any type, by the names of its module `operator`. A comparison is asked for its truth at once, as
 * `if` does.
 */
import { TypeError } from './errors.ts';
import { isReal } from './numbers.ts';
import { answers } from './protocol.ts';
import { typeName } from './type-name.ts';

/** `x > y`. @throws TypeError for what has no order, and what `__gt__` throws */
export function gt(x: unknown, y: number): boolean {
  if (isReal(x)) return Number(x) > y;
  if (answers(x, '__gt__')) return x.__gt__(y);
  throw new TypeError(`'>' not supported between instances of '${typeName(x)}' and '${typeName(y)}'`);
}

/** `x <= y` for a Python float `x`. @throws TypeError for what has no order, and what `__ge__` throws */
export function le(x: number, y: unknown): boolean {
  if (isReal(y)) return x <= Number(y);
  if (answers(y, '__ge__')) return y.__ge__(x);
  throw new TypeError(`'<=' not supported between instances of 'float' and '${typeName(y)}'`);
}

/** `x != y`: true of whatever is no number. @throws what `__ne__` throws */
export function ne(x: unknown, y: number): boolean {
  if (isReal(x)) return Number(x) !== y;
  return answers(x, '__ne__') ? x.__ne__(y) : true;
}

/** `-x`; an integral number is Python's int, which has no negative zero (clause NUM-2). @throws TypeError for what has no sign */
export function neg(x: unknown): unknown {
  if (isReal(x)) return 0 - Number(x);
  if (answers(x, '__neg__')) return x.__neg__();
  throw new TypeError(`bad operand type for unary -: '${typeName(x)}'`);
}

/** `x - y`. @throws TypeError for what cannot be subtracted */
export function sub(x: number, y: unknown): unknown {
  if (isReal(y)) return x - Number(y);
  if (answers(y, '__rsub__')) return y.__rsub__(x);
  throw new TypeError(`unsupported operand type(s) for -: 'int' and '${typeName(y)}'`);
}

/** `x += 1`. @throws TypeError for what 1 cannot be added to */
export function increment(x: unknown): number {
  if (isReal(x)) return Number(x) + 1;
  if (typeof x === 'string') throw new TypeError('can only concatenate str (not "int") to str');
  if (Array.isArray(x)) throw new TypeError("'int' object is not iterable");
  throw new TypeError(`unsupported operand type(s) for +=: '${typeName(x)}' and 'int'`);
}

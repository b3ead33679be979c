/**
 * JavaScript's one kind of number as Python's two (clause ERR-2).
 */

/** Whether a number is Python's int: integral, no negative zero, and written without an exponent. */
export function isInt(x: number): boolean {
  return Number.isInteger(x) && !Object.is(x, -0) && Math.abs(x) < 1e21;
}

/** Whether a value is a number to Python: `True` and `False` are 1 and 0. */
export function isReal(x: unknown): x is number | boolean {
  return typeof x === 'number' || typeof x === 'boolean';
}

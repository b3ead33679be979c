/**
 * Python's way of printing values, as far as PyTorch's messages show it.
 */
import { Tensor } from '../tensor/tensor.ts';

/**
 * `str(x)`. JavaScript has one kind of number: an integral one prints as Python's int, any other as its float (clause ERR-2).
 */
export function str(x: unknown): string {
  if (x === null || x === undefined) return 'None';
  if (x === true) return 'True';
  if (x === false) return 'False';
  if (typeof x === 'number') return number(x);
  if (x instanceof Tensor && x.shape.length === 0) return float(x.item());
  return String(x);
}

/** `repr(x)`: as `str`, but a string is quoted. */
export function repr(x: unknown): string {
  if (typeof x !== 'string') return str(x);
  const escaped = x.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return x.includes("'") && !x.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** The name of Python's type for a value. */
export function typeName(x: unknown): string {
  if (x === null || x === undefined) return 'NoneType';
  if (typeof x === 'boolean') return 'bool';
  if (typeof x === 'number') return Number.isInteger(x) ? 'int' : 'float';
  if (typeof x === 'string') return 'str';
  if (Array.isArray(x)) return 'list';
  if (x instanceof Set) return 'set';
  return x instanceof Tensor ? 'Tensor' : 'dict';
}

function number(x: number): string {
  return Number.isInteger(x) && !Object.is(x, -0) ? BigInt(x).toString() : float(x);
}

function float(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  const [mantissa, exponent] = x.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) {
    if (Object.is(x, -0)) return '-0.0';
    return Number.isInteger(x) ? x.toFixed(1) : x.toString();
  }
  return `${mantissa}e${power < 0 ? '-' : '+'}${Math.abs(power).toString().padStart(2, '0')}`;
}

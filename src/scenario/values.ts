/**
 * The JSON encoding of values, and the normalisation of texts (spec/scenario.md).
 */
import type { TensorValue, Value } from './types.ts';

/** A number as it is recorded: what JSON lacks is tagged, and an integral number is an int. */
export function encodeNumber(x: number): Value {
  if (Number.isNaN(x)) return { $float: 'nan' };
  if (!Number.isFinite(x)) return { $float: x > 0 ? 'inf' : '-inf' };
  return Object.is(x, -0) ? { $float: '-0.0' } : x;
}

/** Whether a value is a dictionary. */
export function isDict(value: Value | undefined): value is { readonly $dict: readonly (readonly [Value, Value])[] } {
  return typeof value === 'object' && value !== null && '$dict' in value;
}

/** Whether a value is a tensor. */
export function isTensor(value: Value | undefined): value is { readonly $tensor: TensorValue } {
  return typeof value === 'object' && value !== null && '$tensor' in value;
}

/** Whether a value is a number that JSON lacks. */
export function isFloat(value: Value | undefined): value is { readonly $float: 'nan' | 'inf' | '-inf' | '-0.0' } {
  return typeof value === 'object' && value !== null && '$float' in value;
}

/** A text without what differs from run to run: where a warning was triggered, addresses of objects. */
export function normalise(text: string): string {
  return text
    .replace(/ \(Triggered internally at [^)]*\)$/, '')
    .replaceAll(/\b0x[0-9a-f]+\b/g, '0x…')
    .replace(/^\d{6,}$/, 'id…');
}

/** A key of a dictionary as a place names it; of a key that is a tensor, its number. */
export function keyText(key: Value, index: number): string {
  return typeof key === 'object' && key !== null ? `key ${index}` : String(key);
}

/** Whether an object of a port is a plain one: what a dictionary is where its keys are texts. */
export function isPlain(x: unknown): x is object {
  return typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

/**
 * Values of programs as JavaScript objects, and objects as observed values (spec/scenario.md).
 */
import { toBits } from '../tensor/bits.ts';
import {
  type Data,
  type DType,
  dtypeInfo,
  type HalfDType,
  isInexact,
  isHalf,
  isSingle,
  MAX_INTEGER,
} from '../tensor/dtype.ts';
import { fromHalfBits } from '../tensor/half.ts';
import { AdapterError } from './adapter-error.ts';
import type { PortTensor } from './port.ts';
import type { Raising, TensorValue, Value } from './types.ts';
import { encodeNumber, isFloat, normalise } from './values.ts';

type Named = (name: string) => unknown;

/**
 * The object that a value of a program stands for; "$name" is what `named` answers, and a hook what `hooks` does. A tuple is a
 * frozen array.
 *
 * @throws AdapterError for a value that only an observation can hold
 */
export function decode(value: Value, named: Named, hooks?: (name: string) => unknown): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return named(value.slice(1));
  const all = (list: readonly Value[]): unknown[] => list.map((item) => decode(item, named, hooks));
  if (Array.isArray(value)) return all(value as readonly Value[]);
  if (typeof value !== 'object' || value === null) return value;
  if (isFloat(value)) return Number(value.$float.replace('inf', 'Infinity'));
  if ('$tuple' in value) return Object.freeze(all(value.$tuple));
  if ('$set' in value) return new Set(all(value.$set));
  if ('$generator' in value) return iterate(value.$generator, named);
  if ('$iterable' in value) return new Iterable(all(value.$iterable));
  if ('$dict' in value) return dictionary(value.$dict.map(([key, item]) => [all([key])[0], all([item])[0]]));
  if ('$hook' in value && hooks !== undefined) return hooks(value.$hook);
  throw new AdapterError(`a program cannot hold ${JSON.stringify(value).slice(0, 80)}`);
}

function* iterate(items: readonly (Value | Raising)[], named: Named): Generator {
  for (const item of items) {
    if (typeof item === 'object' && item !== null && '$raise' in item) throw runtimeError(item.$raise);
    yield decode(item, named);
  }
}

/** Can be gone through, and nothing else. */
class Iterable {
  // No private field: a copy of the object has the items too.
  private readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items.values();
  }
}

/** What a program raises. */
export function runtimeError(text: string): Error {
  return Object.assign(new Error(text), { name: 'RuntimeError' });
}

/** A plain object where its keys keep their order in one, else a Map. */
function dictionary(entries: readonly (readonly [unknown, unknown])[]): unknown {
  const plain = entries.every(([key]) => typeof key === 'string' && !/^\d+$/.test(key));
  return plain ? Object.fromEntries(entries as [string, unknown][]) : new Map(entries);
}

/** What tells tensors from other objects. */
export interface Tensors {
  /** The scenario's name of a tensor, if it is one of the scenario's. */
  readonly nameOf: (value: unknown) => string | undefined;
  /** What a value is as a tensor; undefined for anything else. */
  readonly describe: (value: unknown) => PortTensor | undefined;
}

/**
 * An object as an observed value.
 *
 * @throws AdapterError for an object that has no encoding
 */
export function encode(value: unknown, tensors: Tensors): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return normalise(value);
  if (typeof value === 'number') return encodeNumber(value);
  const name = tensors.nameOf(value);
  if (name !== undefined) return `$${name}`;
  const tensor = tensors.describe(value);
  if (tensor !== undefined) return { $tensor: tensorValue(tensor) };
  if (Array.isArray(value)) {
    const items = value.map((item) => encode(item, tensors));
    return Object.isFrozen(value) ? { $tuple: items } : items;
  }
  if (value instanceof Set) return { $set: sorted([...value].map((item) => encode(item, tensors))) };
  const entries = entriesOf(value);
  if (entries === undefined) throw new AdapterError(`cannot observe ${unobservable(value)}`);
  return { $dict: entries.map(([key, item]) => [encode(key, tensors), encode(item, tensors)]) };
}

/** The order of a set is not the same in every process. */
function sorted(items: readonly Value[]): Value[] {
  const keyed = items.map((item) => [JSON.stringify(item), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/**
 * Bits of elements of a dtype; of a floating-point one, of that which the array has: of a half type, where all of them are elements
 * of it.
 *
 * @throws AdapterError for integers and booleans that are none
 */
export function bitsOf(dtype: DType, data: Data): string {
  if (isHalf(dtype)) return toBits(data, areOf(dtype, data) ? dtype : undefined);
  if (isInexact(dtype)) return toBits(data);
  const most = dtype === 'bool' ? 1 : MAX_INTEGER;
  const odd = data.find((x) => !Number.isInteger(x) || Math.abs(x) > most);
  const wanted = dtype === 'bool' ? 'zeros and ones' : 'integers of at most 2^53';
  if (odd !== undefined) throw new AdapterError(`elements of ${dtype}: expected ${wanted}, got ${odd}`);
  return toBits(data, dtype);
}

/** Whether numbers are all elements of a half type. */
export function areOf(dtype: HalfDType, data: Data): boolean {
  const { round } = dtypeInfo(dtype);
  return data.every((x) => Object.is(round(x), x));
}

/** A tensor as it is observed. */
export function tensorValue({ dtype, shape, data, strides, device }: PortTensor): TensorValue {
  return { dtype, shape, bits: bitsOf(dtype, data), ...(strides ? { strides } : {}), ...(device ? { device } : {}) };
}

function entriesOf(value: unknown): [unknown, unknown][] | undefined {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null ? Object.entries(value as object) : undefined;
}

/**
 * What a port answered where elements are expected; numbers are rounded to the dtype, 16-bit integers are the bits of a half type.
 *
 * @throws AdapterError naming what was asked for, when it is neither elements nor numbers
 */
export function elements(value: unknown, dtype: DType, what: string): Data {
  if (value instanceof Float32Array || value instanceof Float64Array) return value;
  if (isHalf(dtype) && value instanceof Uint16Array)
    return Float32Array.from(value, (bits) => fromHalfBits(dtype, bits));
  if (Array.isArray(value) && value.every((x) => typeof x === 'number')) {
    if (isHalf(dtype)) return Float32Array.from(value, dtypeInfo(dtype).round);
    return isSingle(dtype) ? Float32Array.from(value) : Float64Array.from(value);
  }
  throw new AdapterError(`${what}: expected a Float32Array, a Float64Array or an array of numbers, got ${kind(value)}`);
}

/** What a value is, in the words of an error. */
export function kind(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return `an object of ${value.constructor?.name ?? 'no class'}`;
}

/** What has no encoding, for people. */
function unobservable(value: unknown): string {
  if (typeof value !== 'object') return `${typeof value} ${String(value).slice(0, 80)}`;
  return `an object of class ${value?.constructor?.name ?? '(none)'}; spec/adapter.md says what stands for Python's values`;
}

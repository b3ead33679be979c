/**
 * Values of programs as JavaScript objects, and objects as observed values (spec/scenario.md).
 */
import { toBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import type { PortTensor } from './port.ts';
import type { TensorValue, Value } from './types.ts';
import { encodeNumber, isFloat, normalise } from './values.ts';

/** The object that a value of a program stands for; "$name" is what `named` answers. A tuple is a frozen array. */
export function decode(value: Value, named: (name: string) => unknown): unknown {
  if (typeof value === 'string' && value.startsWith('$')) return named(value.slice(1));
  const all = (list: readonly Value[]): unknown[] => list.map((item) => decode(item, named));
  if (Array.isArray(value)) return all(value as readonly Value[]);
  if (typeof value !== 'object' || value === null) return value;
  if (isFloat(value)) return Number(value.$float.replace('inf', 'Infinity'));
  if ('$tuple' in value) return Object.freeze(all(value.$tuple));
  if ('$set' in value) return new Set(all(value.$set));
  if ('$generator' in value) return iterate(all(value.$generator));
  if ('$dict' in value) return dictionary(value.$dict.map(([key, item]) => [decode(key, named), decode(item, named)]));
  throw new AdapterError(`a program cannot hold ${JSON.stringify(value).slice(0, 80)}`);
}

function* iterate(items: readonly unknown[]): Generator {
  yield* items;
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
  if (entries === undefined) throw new AdapterError(`cannot observe ${typeof value} ${String(value).slice(0, 80)}`);
  return { $dict: entries.map(([key, item]) => [encode(key, tensors), encode(item, tensors)]) };
}

/** The order of a set is not the same in every process. */
function sorted(items: readonly Value[]): Value[] {
  const keyed = items.map((item) => [JSON.stringify(item), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** A tensor as it is observed. */
export function tensorValue({ dtype, shape, data, strides, device }: PortTensor): TensorValue {
  return { dtype, shape, bits: toBits(data), ...(strides ? { strides } : {}), ...(device ? { device } : {}) };
}

function entriesOf(value: unknown): [unknown, unknown][] | undefined {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

/**
 * Checkpoints over a port's own tensors, and as plain data.
 */
import { fromBits } from '../tensor/bits.ts';
import type { Data } from '../tensor/dtype.ts';
import { AdapterError } from './adapter-error.ts';
import { kind } from './encoding.ts';
import { DEFAULTS, type FixableOption, type FixedOptions, fixedOptions } from './fixed.ts';
import { type Claim, claimed, type Need, OPTIONS } from './needs.ts';
import type { Checkpoint, Group, Options, PortState } from './port.ts';
import type { NamedTensor } from './program-objects.ts';
import { encodeState } from './state.ts';
import type { PlainCheckpoint, PlainGroup, TensorValue, Value } from './types.ts';
import { encodeNumber, isTensor } from './values.ts';

/** What `load` of a port is given. */
export function givenCheckpoint(
  { groups, state }: PlainCheckpoint,
  tensors: ReadonlyMap<string, NamedTensor>,
  decode: (options: PlainGroup['options']) => Options<unknown>,
): Checkpoint<unknown, Data | number> {
  const tensor = (name: string): unknown => tensors.get(name)!.tensor;
  return {
    groups: groups.map(({ params, options }) => ({ params: params.map(tensor), options: decode(options) })),
    state: new Map(Object.entries(state).map(([name, entries]) => [tensor(name), dataOf(entries)])),
  };
}

function dataOf(entries: PlainCheckpoint['state'][string]): Record<string, Data | number> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [
      key,
      typeof entry === 'number' ? entry : fromBits(entry.dtype, entry.bits),
    ]),
  );
}

/**
 * What `save` of a port answered, in the scenario's order of tensors. An option that is not there and that the port does not claim
 * is PyTorch's default.
 *
 * @param tensors all of the scenario
 * @param supports what the port claims
 * @throws AdapterError for what is no checkpoint, or is of something else than the tensors
 */
export function savedCheckpoint(
  saved: unknown,
  tensors: readonly NamedTensor[],
  supports: readonly Claim[],
): PlainCheckpoint {
  checkSaved(saved);
  const nameOf = (own: unknown): string => {
    const found = tensors.find(({ tensor }) => tensor === own);
    if (found === undefined) throw new AdapterError(`save: expected tensors of the port, got ${kind(own)}`);
    return found.name;
  };
  const [claims, fixed] = [claimed(supports), fixedOptions(supports)];
  const names = new Map([...saved.state].map(([own, entries]) => [nameOf(own), entries]));
  const state = tensors.flatMap((named) => {
    const entries = names.get(named.name);
    return entries === undefined ? [] : [[named.name, savedState(entries, named)] as const];
  });
  return {
    groups: saved.groups.map((group) => savedGroup(group, nameOf, claims, fixed)),
    state: Object.fromEntries(state),
  };
}

function savedGroup(
  { params, options }: Group<unknown>,
  nameOf: (tensor: unknown) => string,
  claims: readonly Need[],
  fixed: FixedOptions,
): PlainGroup {
  const kept = (Object.keys(DEFAULTS) as FixableOption[]).flatMap((option): [string, Value][] => {
    const unclaimed = OPTIONS.some((need) => need === option) && !claims.some((need) => need === option);
    const value = options[option] ?? fixed.get(option) ?? (unclaimed ? DEFAULTS[option] : undefined);
    return value === undefined ? [] : [[option, encodeOption(value, option)]];
  });
  return { params: params.map(nameOf), options: Object.fromEntries(kept) };
}

/** @throws AdapterError for what is no checkpoint */
function checkSaved(saved: unknown): asserts saved is Checkpoint<unknown, PortState[string]> {
  const { groups, state }: { readonly groups?: unknown; readonly state?: unknown } =
    typeof saved === 'object' && saved !== null ? saved : {};
  const isGroup = (group: unknown): boolean => {
    const { params, options } = (group ?? {}) as Partial<Record<'params' | 'options', unknown>>;
    return Array.isArray(params) && typeof options === 'object' && options !== null;
  };
  if (!Array.isArray(groups) || !groups.every(isGroup))
    throw new AdapterError('save: expected { groups, state } with groups [{ params, options }]');
  if (!(state instanceof Map))
    throw new AdapterError(`save: expected state to be a Map from tensor to its buffers, got ${kind(state)}`);
}

/** @throws AdapterError for what no option of the formula can be */
function encodeOption(value: unknown, name: string): Value {
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'boolean') return value;
  throw new AdapterError(`save: ${name}: expected a number or a boolean, got ${kind(value)}`);
}

/** State of a tensor in a checkpoint; a step is a number there, whatever the port keeps it in. */
function savedState(state: PortState, named: NamedTensor): Record<string, number | TensorValue> {
  // A port that counts no steps may give undefined: it is then the port that has none.
  const { step, ...buffers } = Object(state) as PortState;
  const there = step === undefined && typeof state === 'object' ? buffers : state;
  return Object.fromEntries(
    encodeState(there, named, 'save: state').map(([key, value]): [string, number | TensorValue] => {
      if (!isTensor(value)) return [key, value as number];
      const { $tensor } = value;
      return [key, key === 'step' ? fromBits($tensor.dtype, $tensor.bits)[0]! : $tensor];
    }),
  );
}

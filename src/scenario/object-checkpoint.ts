/**
 * Checkpoints of a port whose optimizers are objects of PyTorch's shape: through its `state_dict` and `load_state_dict`, as PyTorch's
 * own are (the twin of what bookkeeping.py does for `load` and `save`).
 */
import { fromBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import { kind } from './encoding.ts';
import { DEFAULTS } from './fixed.ts';
import type { OptimizerObject } from './object-port.ts';
import type { Awaitable, TensorData } from './port.ts';
import type { ProgramObjects } from './program-objects.ts';
import type { PlainCheckpoint, TensorValue, Value } from './types.ts';
import { isDict, isTensor } from './values.ts';

type Entries = readonly (readonly [Value, Value])[];

/**
 * What the state dict of an optimizer says of numbers, in the scenario's order of tensors.
 *
 * @throws AdapterError for a state dict that is not of PyTorch's shape
 */
export function savedBy(optimizer: OptimizerObject, objects: ProgramObjects): PlainCheckpoint {
  const own = (optimizer as unknown as { readonly param_groups: readonly { readonly params: readonly unknown[] }[] })
    .param_groups;
  const names = own.map(({ params }) => params.map((tensor) => objects.nameOf(tensor) ?? ''));
  const saved = objects.encode(optimizer.state_dict());
  const groups = list(entry(saved, 'param_groups'), 'param_groups');
  const ids = groups.flatMap((group, i) =>
    list(entry(group, 'params'), 'params').map((id, k) => [JSON.stringify(id), names[i]![k]!] as const),
  );
  const byName = new Map(
    entriesOf(entry(saved, 'state'), 'state').flatMap(([id, state]) => {
      const name = ids.find(([own]) => own === JSON.stringify(id) || own === JSON.stringify(Number(id)))?.[1];
      return name === undefined ? [] : [[name, plainState(entriesOf(state, `state of ${name}`))] as const];
    }),
  );
  return {
    groups: groups.map((group, i) => ({
      params: names[i]!,
      options: Object.fromEntries(
        Object.keys(DEFAULTS).flatMap((option) => {
          const value = entriesOf(group, 'a group').find(([key]) => key === option)?.[1];
          return value === undefined ? [] : [[option, value] as const];
        }),
      ),
    })),
    state: Object.fromEntries(objects.names().flatMap((name) => (byName.has(name) ? [[name, byName.get(name)!]] : []))),
  };
}

function plainState(entries: Entries): Record<string, number | TensorValue> {
  return Object.fromEntries(
    entries.map(([key, value]): [string, number | TensorValue] => {
      if (typeof value === 'number') return [String(key), value];
      if (!isTensor(value)) throw new AdapterError(`state_dict: expected a tensor or a number as ${String(key)}`);
      const { dtype, shape, bits } = value.$tensor;
      return [String(key), key === 'step' ? fromBits(dtype, bits)[0]! : { dtype, shape, bits }];
    }),
  );
}

/** Loads a checkpoint as a state dict whose ids count the tensors of its groups. */
export async function loadInto(
  optimizer: OptimizerObject,
  { groups, state }: PlainCheckpoint,
  make: (data: TensorData) => Awaitable<unknown>,
  decode: (options: Readonly<Record<string, Value>>) => Record<string, unknown>,
): Promise<void> {
  const names = groups.flatMap(({ params }) => params);
  const loaded = new Map<number, Record<string, unknown>>();
  for (const [name, entries] of Object.entries(state)) {
    const own: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(entries))
      own[key] = typeof entry === 'number' ? entry : await make(tensorData(`${name}_${key}`, entry));
    loaded.set(names.indexOf(name), own);
  }
  optimizer.load_state_dict({
    state: loaded,
    param_groups: groups.map(({ params, options }) => ({
      ...decode(options),
      params: params.map((name) => names.indexOf(name)),
    })),
  });
}

function tensorData(name: string, { dtype, shape, bits }: TensorValue): TensorData {
  return { name, dtype, shape, data: fromBits(dtype, bits), parameter: false, leaf: true };
}

function entry(value: Value | undefined, key: string): Value | undefined {
  return isDict(value) ? value.$dict.find(([name]) => name === key)?.[1] : undefined;
}

function entriesOf(value: Value | undefined, what: string): Entries {
  if (!isDict(value)) throw new AdapterError(`state_dict: expected ${what} to be a dictionary, got ${kind(value)}`);
  return value.$dict;
}

function list(value: Value | undefined, what: string): readonly Value[] {
  if (!Array.isArray(value)) throw new AdapterError(`state_dict: expected ${what} to be a list, got ${kind(value)}`);
  return value as readonly Value[];
}

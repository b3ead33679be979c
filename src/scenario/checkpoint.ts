/**
 * Checkpoints: what a training goes on from, as a program writes it and as it is observed (spec/scenario.md, `load` and `save`).
 */
import type { PlainCheckpoint, TensorValue, Value } from './types.ts';

/** The name of a checkpoint that is given none. */
export const CHECKPOINT = 'checkpoint';

/** A checkpoint as an observed value: dictionaries in the order that it has. */
export function checkpointValue({ groups, state }: PlainCheckpoint): Value {
  return dict({
    groups: groups.map(({ params, options }) => dict({ params, ...options })),
    state: dict(
      Object.fromEntries(
        Object.entries(state).map(([name, entries]) => [
          name,
          dict(Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, entryValue(entry)]))),
        ]),
      ),
    ),
  });
}

function dict(entries: Readonly<Record<string, Value>>): Value {
  return { $dict: Object.entries(entries) };
}

function entryValue(entry: number | TensorValue): Value {
  return typeof entry === 'number' ? entry : { $tensor: entry };
}

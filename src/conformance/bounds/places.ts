/**
 * Where the numbers of observations stand.
 */
import type { Observation, Scenario, Value } from '../../scenario/types.ts';
import { isDict, isTensor } from '../../scenario/values.ts';
import type { TensorPlace } from '../bits.ts';

/** The numbers of one tensor or buffer, after one step or operation. */
export interface Place extends TensorPlace {
  /** Index of the operation in the program, and its name. */
  readonly op: number;
  readonly operation: string;
  readonly facet: 'numbers' | 'state';
  /** Elements in C order, as hex bit patterns. */
  readonly bits: string;
}

/** Everything that is a floating-point result: tensors after steps or as read, and the buffers of states, in program order. */
export function* places({ program }: Scenario, observations: readonly Observation[]): Generator<Place> {
  for (const [index, { steps = [], value }] of observations.entries()) {
    const op = program[index]!;
    const at = { op: index, operation: op.op } as const;
    if (op.op === 'train')
      for (const [i, params] of steps.entries()) {
        const step = op.params_at?.[i] ?? (op.after ?? 0) + 1 + i;
        for (const [tensor, bits] of Object.entries(params))
          yield { ...at, facet: 'numbers', where: `step ${step}, ${tensor}`, step, tensor, bits };
      }
    if (op.op === 'read')
      for (const [tensor, read] of entries(value))
        if (isTensor(read)) yield { ...at, facet: 'numbers', where: tensor, tensor, bits: read.$tensor.bits };
    if (op.op === 'state')
      for (const [tensor, state] of entries(value))
        for (const [key, buffer] of entries(state))
          if (key !== 'step' && isTensor(buffer))
            yield { ...at, facet: 'state', where: `state of ${tensor}, ${key}`, tensor, bits: buffer.$tensor.bits };
  }
}

function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  return isDict(value) ? (value.$dict as readonly (readonly [string, Value])[]) : [];
}

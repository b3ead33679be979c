/**
 * Where the numbers of observations stand.
 */
import type { Observation, Scenario, Value } from '../../scenario/types.ts';
import { isDict, isTensor, keyText } from '../../scenario/values.ts';
import type { TensorPlace } from '../bits.ts';

/** The numbers of one tensor or buffer, after one step or operation. */
export interface Place extends TensorPlace {
  /** Index of the operation in the program, and its name. */
  readonly op: number;
  readonly operation: string;
  readonly facet: 'numbers' | 'state';
  readonly shape: readonly number[];
  /** Elements in C order, as hex bit patterns. */
  readonly bits: string;
}

/**
 * Everything that is a floating-point result, in program order: tensors after steps or as read, the buffers of states, and
 * tensors in whatever else an operation returned.
 */
export function* places(scenario: Scenario, observations: readonly Observation[]): Generator<Place> {
  for (const [index, { steps = [], value }] of observations.entries()) {
    const op = scenario.program[index]!;
    const at = { op: index, operation: op.op } as const;
    if (op.op === 'train')
      for (const [i, params] of steps.entries()) {
        const step = op.params_at?.[i] ?? (op.after ?? 0) + 1 + i;
        for (const [tensor, bits] of Object.entries(params)) {
          const { shape } = scenario.tensors[tensor]!;
          yield { ...at, facet: 'numbers', where: `step ${step}, ${tensor}`, step, tensor, shape, bits };
        }
      }
    else if (op.op === 'read')
      for (const [tensor, own] of entries(value))
        for (const found of tensorsIn(own, tensor)) yield { ...at, facet: 'numbers', tensor, ...found };
    else if (op.op === 'state')
      for (const [tensor, state] of entries(value))
        for (const [key, own] of entries(state).filter(([name]) => name !== 'step'))
          for (const found of tensorsIn(own, `state of ${tensor}, ${key}`))
            yield { ...at, facet: 'state', tensor, ...found };
    else if (op.op === 'save')
      for (const [tensor, state] of entries(entryOf(value, 'state')))
        for (const [key, own] of entries(state).filter(([name]) => name !== 'step'))
          for (const found of tensorsIn(own, `checkpoint of ${tensor}, ${key}`))
            yield { ...at, facet: 'numbers', tensor, ...found };
    else if (op.op === 'backward')
      for (const [tensor, own] of entries(value))
        for (const found of tensorsIn(own, `gradient of ${tensor}`))
          yield { ...at, facet: 'numbers', tensor, ...found };
    else for (const found of tensorsIn(value, 'value')) yield { ...at, facet: 'state', tensor: '', ...found };
  }
}

function* tensorsIn(value: Value | undefined, where: string): Generator<Pick<Place, 'where' | 'shape' | 'bits'>> {
  if (isTensor(value)) {
    const { shape, bits } = value.$tensor;
    yield { where, shape, bits };
  } else if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Value[]).entries()) yield* tensorsIn(item, `${where}[${i}]`);
  } else for (const [i, [key, item]] of entries(value).entries()) yield* tensorsIn(item, `${where}.${keyText(key, i)}`);
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  return entries(value).find(([name]) => name === key)?.[1];
}

function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  return isDict(value) ? (value.$dict as readonly (readonly [string, Value])[]) : [];
}

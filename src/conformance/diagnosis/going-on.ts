/**
 * Checkpoints of rules: what an optimizer that computes one goes on from.
 */
import { CHECKPOINT } from '../../scenario/checkpoint.ts';
import type { LoadOp, PlainCheckpoint, Value } from '../../scenario/types.ts';
import { fromBits } from '../../tensor/bits.ts';
import type { Hyper } from './axes/axis.ts';
import type { Buffers, RuleOptimizer, Trained } from './rule.ts';

/** The options of each group, and the buffers of the tensors that have any. */
export interface RuleCheckpoint {
  readonly groups: readonly Partial<Hyper>[];
  readonly states: ReadonlyMap<Trained, Buffers>;
}

/** What an optimizer would go on from, as it is now. */
export function saved(optimizer: RuleOptimizer, tensors: Iterable<Trained>): RuleCheckpoint {
  const states = [...tensors].flatMap((tensor) => {
    const buffers = optimizer.state(tensor);
    return buffers === undefined ? [] : [[tensor, structuredClone(buffers)] as const];
  });
  return { groups: optimizer.groups.map((group) => ({ ...optimizer.hyper(group) })), states: new Map(states) };
}

/** Makes an optimizer go on from a checkpoint. */
export function goOn(optimizer: RuleOptimizer, { groups, states }: RuleCheckpoint): void {
  for (const [i, options] of groups.entries())
    for (const [option, value] of Object.entries(options)) optimizer.set(i, option, value);
  optimizer.replace(new Map([...states].map(([tensor, buffers]) => [tensor, structuredClone(buffers)])));
}

/**
 * The checkpoint of an operation; undefined where it names one that is not there.
 *
 * @param numberOf a value of an option as a number or a flag
 */
export function checkpointOf(
  { value, from = CHECKPOINT }: LoadOp,
  kept: ReadonlyMap<string, RuleCheckpoint>,
  tensors: ReadonlyMap<string, Trained>,
  numberOf: (value: Value) => number | boolean,
): RuleCheckpoint | undefined {
  if (value === undefined) return kept.get(from);
  const groups = value.groups.map(({ options }) =>
    Object.fromEntries(Object.entries(options).map(([name, own]) => [name, numberOf(own)])),
  );
  const states = Object.entries(value.state).map(([name, entries]) => {
    const tensor = tensors.get(name)!;
    return [tensor, buffersOf(entries, tensor)] as const;
  });
  return { groups, states: new Map(states) };
}

/** Buffers are of the element type of their tensor, whatever the checkpoint has (clause LSD-13). */
function buffersOf(entries: PlainCheckpoint['state'][string], { dtype }: Trained): Buffers {
  const elements = (name: string): number[] => {
    const entry = entries[name];
    if (typeof entry !== 'object') return [];
    return [...fromBits(entry.dtype, entry.bits)].map((x) => (dtype === 'float32' ? Math.fround(x) : x));
  };
  const [square_avg, momentum_buffer, grad_avg] = ['square_avg', 'momentum_buffer', 'grad_avg'].map(elements);
  const step = typeof entries['step'] === 'number' ? entries['step'] : 0;
  return {
    square_avg: square_avg!,
    momentum_buffer: momentum_buffer!,
    grad_avg: grad_avg!,
    largest: [...square_avg!],
    step,
  };
}

/**
 * Saving and loading on intervals: what is saved are the ends of intervals, and what is loaded is those, or exact.
 */
import type { RMSprop } from '../../optim/rmsprop.ts';
import { DEFAULTS } from '../../scenario/fixed.ts';
import type { Checkpoint, PortTensor } from '../../scenario/port.ts';
import type { Data } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { IntervalOps } from './interval-ops.ts';

/** What an optimizer would go on from; `describe` tells a tensor by the low ends of its elements, and then the high ones. */
export function saved(
  optimizer: RMSprop,
  describe: (value: unknown) => PortTensor | undefined,
): Checkpoint<Tensor, PortTensor | number> {
  return {
    groups: optimizer.param_groups.map((group) => ({
      params: group.params,
      options: Object.fromEntries(Object.keys(DEFAULTS).map((option) => [option, group[option] as number | boolean])),
    })),
    state: new Map(
      [...optimizer.state].map(([tensor, entries]) => [
        tensor as Tensor,
        Object.fromEntries(
          Object.entries(entries as object).map(([key, entry]) => [key, describe(entry) ?? (entry as number)]),
        ),
      ]),
    ),
  };
}

/** Makes an optimizer go on from a checkpoint, saved on intervals or not, whose elements are then exact. */
export function load(optimizer: RMSprop, { groups, state }: Checkpoint<Tensor, Data | number>, ops: IntervalOps): void {
  const tensors = groups.flatMap(({ params }) => params);
  const buffer = (entry: Data | number, { shape, dtype }: Tensor): Tensor | number =>
    typeof entry === 'number'
      ? entry
      : new Tensor({
          dtype,
          shape,
          data: (dtype === 'float32' ? Float32Array : Float64Array).from(lowOf(entry, shape)),
        });
  const made = [...state].map(([tensor, entries]) => {
    const own = Object.entries(entries).map(([key, entry]) => [key, buffer(entry, tensor)]);
    return [tensors.indexOf(tensor), Object.fromEntries(own) as Record<string, Tensor | number>] as const;
  });
  optimizer.load_state_dict({
    state: new Map(made),
    param_groups: groups.map(({ params, options }) => ({
      ...(options as Readonly<Record<string, number | boolean>>),
      params: params.map((tensor) => tensors.indexOf(tensor)),
    })),
  });
  for (const [tensor, entries] of state)
    for (const [key, entry] of Object.entries(entries)) {
      const own = (optimizer.state.get(tensor) as Record<string, unknown>)[key];
      if (!(own instanceof Tensor) || typeof entry === 'number') continue;
      if (isOfEnds(entry, own.shape)) ops.between(own, lowOf(entry, own.shape), entry.subarray(entry.length / 2));
      else ops.given(own);
    }
}

function isOfEnds({ length }: Data, shape: readonly number[]): boolean {
  return length === 2 * shape.reduce((product, size) => product * size, 1);
}

function lowOf(entry: Data, shape: readonly number[]): Data {
  return isOfEnds(entry, shape) ? entry.subarray(0, entry.length / 2) : entry;
}

/**
 * PyTorch's `_group_tensors_by_device_and_dtype`: the lists of the foreach path apart by device and element type.
 */
import { RuntimeError, TypeError } from '../tensor/errors.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { ForeachWording } from './foreach-arguments.ts';
import { repr } from './text/repr.ts';
import type { Gathered } from './update.ts';
import type { Version } from './versions.ts';

/**
 * The same, apart by the parameters' device and dtype; the order of the parts shows where one of them raises (clause RMS-12).
 *
 * @throws TypeError for what is neither a tensor nor None, RuntimeError for state of another dtype, in versions that mind (clause ERR-9)
 */
export function by_device_and_dtype(gathered: Gathered, version: Version): readonly Gathered[] {
  check_tensors(gathered, version);
  check_dtypes(gathered, version);
  const buckets = new Map<string, number[]>();
  gathered.params.forEach(({ device, dtype }, i) => {
    const key = `${device} ${dtype}`;
    buckets.set(key, [...(buckets.get(key) ?? []), i]);
  });
  if (buckets.size === 1) return [gathered];
  const parts = [...buckets.values()].map((indices) => {
    const pick = (list: readonly Tensor[]): Tensor[] => (list.length === 0 ? [] : indices.map((i) => list[i]!));
    return {
      ...{ params: pick(gathered.params), grads: pick(gathered.grads), square_avgs: pick(gathered.square_avgs) },
      ...{ grad_avgs: pick(gathered.grad_avgs), momentum_buffer_list: pick(gathered.momentum_buffer_list) },
      state_steps: pick(gathered.state_steps),
    };
  });
  return version.last_bucket_first ? parts.reverse() : parts;
}

const SIGNATURES: Readonly<Record<ForeachWording, string>> = {
  '2.1':
    '(arg0: List[List[Optional[torch.Tensor]]], arg1: bool) -> ' +
    'Dict[Tuple[torch.device, str], Tuple[List[List[Optional[torch.Tensor]]], List[int]]]',
  '2.4':
    '(arg0: collections.abc.Sequence[collections.abc.Sequence[torch.Tensor | None]], arg1: bool) -> ' +
    'dict[tuple[torch.device, torch.dtype], tuple[list[list[torch.Tensor | None]], list[int]]]',
};

/** PyTorch prints what it was given, whole. */
function check_tensors(gathered: Gathered, version: Version): void {
  const { params, grads, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = gathered;
  const lists = [params, grads, square_avgs, grad_avgs, momentum_buffer_list];
  const all: readonly (readonly unknown[])[] = version.step_is_tensor ? [...lists, state_steps] : lists;
  if (all.flat().every((x) => x === null || x instanceof Tensor)) return;
  throw new TypeError(
    '_group_tensors_by_device_and_dtype(): incompatible function arguments. The following argument types are supported:\n' +
      `    1. ${SIGNATURES[version.foreach_wording]}\n\nInvoked with: ${repr(all)}, False`,
  );
}

/** State of another dtype than its parameter's passes if it is one that a step might have (clauses ERR-9, INT-4). */
function check_dtypes(gathered: Gathered, { foreach_state: { takes, said } }: Version): void {
  const { params, square_avgs, grad_avgs, momentum_buffer_list, state_steps } = gathered;
  for (const list of [square_avgs, grad_avgs, momentum_buffer_list, state_steps])
    list.forEach((state: Tensor | null, i) => {
      if (state === null || state.dtype === params[i]!.dtype || takes.includes(state.dtype)) return;
      throw new RuntimeError(
        'Tensors of the same index must be on the same device and the same dtype except `step` tensors that can be CPU and ' +
          said,
      );
    });
}

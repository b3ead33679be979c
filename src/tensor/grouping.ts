/**
 * ATen's `_group_tensors_by_device_and_dtype`: lists of tensors apart by device and element type.
 */
import { RuntimeError } from '../python/errors.ts';
import type { Aten } from './aten.ts';
import type { Tensors } from './foreach-arguments.ts';
import type { Tensor } from './tensor.ts';

/**
 * The same lists, by name and in the order in which ATen is given them, apart by device and dtype of the first one's tensors; a list
 * may be empty. The order of the parts shows where one
 * of them raises (clause RMS-12).
 *
 * @throws RuntimeError for a tensor of another dtype than the first list has at its
 * place, in versions that mind (clause ERR-9)
 */
export function groupTensors<Lists extends object>(lists: Lists, aten: Aten): readonly Lists[] {
  const named = Object.entries(lists) as [string, Tensors][];
  const [first, ...others] = named.map(([, list]) => list) as [Tensors, ...Tensors[]];
  for (const list of others) checkDtypes(first, list, aten);
  const buckets = new Map<string, number[]>();
  first.forEach(({ device, dtype }, i) => {
    const key = `${device} ${dtype}`;
    buckets.set(key, [...(buckets.get(key) ?? []), i]);
  });
  if (buckets.size === 1) return [lists];
  const parts = [...buckets.values()].map((indices) => {
    const pick = (list: Tensors): Tensors => (list.length === 0 ? [] : indices.map((i) => list[i]!));
    return Object.fromEntries(named.map(([name, list]) => [name, pick(list)])) as Lists;
  });
  return aten.last_bucket_first ? parts.reverse() : parts;
}

/** State of another dtype than its parameter's passes if it is one that a step might have (clause ERR-9). */
function checkDtypes(first: Tensors, list: Tensors, { foreach_state: { takes, said } }: Aten): void {
  list.forEach((tensor: Tensor | null, i) => {
    if (tensor === null || tensor.dtype === first[i]!.dtype || takes.includes(tensor.dtype)) return;
    throw new RuntimeError(
      'Tensors of the same index must be on the same device and the same dtype except `step` tensors that can be CPU and ' +
        said,
    );
  });
}

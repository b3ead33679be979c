/**
 * ATen's `_group_tensors_by_device_and_dtype`: lists of tensors apart by device and element type.
 */
import { RuntimeError, TypeError } from '../python/errors.ts';
import { repr } from '../python/text/repr.ts';
import type { Aten } from './aten.ts';
import type { Tensors } from './foreach-arguments.ts';
import { Tensor } from './tensor.ts';

/**
 * The same lists, by name and in the order in which ATen is given them, apart by device and dtype of the first one's tensors; a list
 * may be empty. The order of the parts shows where one
 * of them raises (clause RMS-12).
 *
 * @throws TypeError for what is neither a tensor nor None, RuntimeError for a tensor of another dtype than the first list has at its
 * place, in versions that mind (clause ERR-9)
 */
export function groupTensors<Lists extends object>(lists: Lists, aten: Aten): readonly Lists[] {
  const named = Object.entries(lists) as [string, Tensors][];
  const [first, ...others] = named.map(([, list]) => list) as [Tensors, ...Tensors[]];
  checkTensors([first, ...others], aten);
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

const SIGNATURES: Readonly<Record<Aten['foreach_wording'], string>> = {
  '2.1':
    '(arg0: List[List[Optional[torch.Tensor]]], arg1: bool) -> ' +
    'Dict[Tuple[torch.device, str], Tuple[List[List[Optional[torch.Tensor]]], List[int]]]',
  '2.4':
    '(arg0: collections.abc.Sequence[collections.abc.Sequence[torch.Tensor | None]], arg1: bool) -> ' +
    'dict[tuple[torch.device, torch.dtype], tuple[list[list[torch.Tensor | None]], list[int]]]',
};

/** PyTorch prints what it was given, whole. */
function checkTensors(lists: readonly (readonly unknown[])[], aten: Aten): void {
  if (lists.flat().every((x) => x === null || x instanceof Tensor)) return;
  throw new TypeError(
    '_group_tensors_by_device_and_dtype(): incompatible function arguments. The following argument types are supported:\n' +
      `    1. ${SIGNATURES[aten.foreach_wording]}\n\nInvoked with: ${repr(lists)}, False`,
  );
}

/** State of another dtype than its parameter's passes if it is one that a step might have (clauses ERR-9, INT-4). */
function checkDtypes(first: Tensors, list: Tensors, { foreach_state: { takes, said } }: Aten): void {
  list.forEach((tensor: Tensor | null, i) => {
    if (tensor === null || tensor.dtype === first[i]!.dtype || takes.includes(tensor.dtype)) return;
    throw new RuntimeError(
      'Tensors of the same index must be on the same device and the same dtype except `step` tensors that can be CPU and ' +
        said,
    );
  });
}

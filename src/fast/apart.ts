/**
 * Whether tensors share bytes: what the kernel writes must be nothing that it has yet to read.
 */
import type { Data } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Lists } from './group.ts';

/** As many tensors are held against each other one by one. */
const FEW = 12;

/** The lists that were last found apart, by their first parameter: a training program has the same tensors step after step. */
const found = new WeakMap<Tensor, readonly (readonly Tensor[])[]>();

/** Whether no two of the tensors of a group share bytes. */
export function apart({ params, grads, square_avgs, grad_avgs, momentum_buffer_list }: Lists): boolean {
  const [first] = params;
  if (first === undefined) return true;
  const lists = [params, grads, square_avgs, grad_avgs, momentum_buffer_list];
  const last = found.get(first);
  if (last !== undefined && lists.every((list, i) => same(list, last[i]!))) return true;
  const all = lists.flat().map(({ storage }) => storage);
  const answer = all.length <= FEW ? eachFromEach(all) : inOrder(all);
  if (answer) found.set(first, lists);
  return answer;
}

function same(a: readonly Tensor[], b: readonly Tensor[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function eachFromEach(all: readonly Data[]): boolean {
  return all.every((a, i) =>
    all.slice(i + 1).every((b) => a.buffer !== b.buffer || end(a) <= b.byteOffset || end(b) <= a.byteOffset),
  );
}

function inOrder(all: readonly Data[]): boolean {
  const buffers = new Map<ArrayBufferLike, Data[]>();
  for (const data of all) {
    const others = buffers.get(data.buffer);
    if (others === undefined) buffers.set(data.buffer, [data]);
    else others.push(data);
  }
  return [...buffers.values()].every((stretches) => {
    stretches.sort((a, b) => a.byteOffset - b.byteOffset);
    return stretches.every((data, i) => i === 0 || end(stretches[i - 1]!) <= data.byteOffset);
  });
}

function end({ byteOffset, byteLength }: Data): number {
  return byteOffset + byteLength;
}

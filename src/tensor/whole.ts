/**
 * Steps that happen as a whole or not at all, as those that `torch.compile` compiled do (clause NUM-8): what they refuse they refuse
 * while they are compiled, before anything has run.
 */
import type { Data } from './dtype.ts';
import type { Tensor } from './tensor.ts';

/** What a tensor was before the first write. */
interface Before extends Pick<Tensor, 'requires_grad' | 'grad_fn' | '_version'> {
  readonly storage: Data;
}

let written: Map<Tensor, Before> | undefined;

/** Runs `body`; if it throws, the tensors that it wrote are what they were. */
export function whole<R>(body: () => R): R {
  const outer = written;
  const own = new Map<Tensor, Before>();
  written = own;
  try {
    return body();
  } catch (error) {
    for (const [tensor, before] of own) restore(tensor, before);
    throw error;
  } finally {
    written = outer;
  }
}

/** To be called before an operation writes into a tensor. */
export function willWrite(tensor: Tensor): void {
  if (written === undefined || written.has(tensor)) return;
  const { requires_grad, grad_fn, _version, storage } = tensor;
  written.set(tensor, { requires_grad, grad_fn, _version, storage: storage.slice() });
}

function restore(tensor: Tensor, { requires_grad, grad_fn, _version, storage }: Before): void {
  tensor.storage.set(storage as never);
  tensor.requires_grad = requires_grad;
  tensor.grad_fn = grad_fn;
  tensor.bump_version(_version - tensor._version);
}

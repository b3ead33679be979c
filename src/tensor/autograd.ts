/**
 * What operations do to `requires_grad` and `grad_fn`. There is no graph: a recorded tensor knows the name of what made it.
 */
import { RuntimeError } from '../python/errors.ts';
import { is_grad_enabled } from './grad-mode.ts';
import type { Tensor } from './tensor.ts';

/**
 * Comes before anything else that an operation refuses; undefined stands for a new tensor.
 *
 * @throws RuntimeError when gradients are recorded and a leaf that requires grad is to be written (clause GRD-2)
 */
export function checkLeaf(written: Tensor | undefined): void {
  if (is_grad_enabled() && written?.requires_grad && written.is_leaf)
    throw new RuntimeError('a leaf Variable that requires grad is being used in an in-place operation.');
}

/** Marks what an operation wrote or made, where an operand requires grad (clause GRD-4); `name` is autograd's of the operation. */
export function record(name: string, out: Tensor, operands: readonly (Tensor | undefined)[]): void {
  if (!is_grad_enabled() || !operands.some((operand) => operand?.requires_grad)) return;
  out.requires_grad = true;
  out.grad_fn = `${name}Backward0`;
}

/** Marks all new tensors of a function over lists where one of them is recorded (clause GRD-4). */
export function recordTogether(made: readonly Tensor[]): void {
  const recorded = made.find(({ requires_grad }) => requires_grad);
  if (recorded === undefined) return;
  for (const tensor of made) {
    tensor.requires_grad = true;
    tensor.grad_fn = recorded.grad_fn;
  }
}

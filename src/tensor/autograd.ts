/**
 * What operations do to `requires_grad` and `grad_fn`, and the interface of the graph that they record, where one is put in
 * (src/autograd). Without one a recorded tensor knows the name of what made it, and nothing flows back.
 */
import { RuntimeError } from '../python/errors.ts';
import { is_grad_enabled } from './grad-mode.ts';
import type { Tensor } from './tensor.ts';

/** What made a recorded tensor. */
export interface GradFn {
  /** Autograd's, such as AddBackward0. */
  readonly name: string;
  /** What was made, where it keeps its gradient although it is no leaf. */
  retained?: Tensor | undefined;
}

/** Keyword arguments of `backward`. */
export interface BackwardOptions {
  /** Whether another backward can go through the same graph; false by default. */
  readonly retain_graph?: boolean;
}

/** What records operations and goes back through them. */
export interface Graph {
  /**
   * The node of an operation, before it writes: `out` is new, or one of the operands.
   *
   * @param name autograd's of the operation, without what follows
   * @param scalar the number that the operation was given, 0 where there is none
   */
  node(name: string, out: Tensor, operands: readonly Tensor[], scalar: number): GradFn;
  /** Goes back from a tensor. @throws RuntimeError as PyTorch does */
  backward(root: Tensor, gradient: Tensor | null, options: BackwardOptions): void;
}

let graph: Graph | undefined;

/** Puts a graph in: from now on operations are recorded. */
export function putGraph(put: Graph): void {
  graph = put;
}

/** The graph that was put in. @throws Error when none was */
export function graphOfOperations(): Graph {
  if (graph === undefined) throw new Error('backward: expected a graph of operations; import rmsproof/autograd first');
  return graph;
}

/**
 * Comes before anything else that an operation refuses; undefined stands for a new tensor.
 *
 * @throws RuntimeError when gradients are recorded and a leaf that requires grad is to be written (clause GRD-2)
 */
export function checkLeaf(written: Tensor | undefined): void {
  if (is_grad_enabled() && written?.requires_grad && written.is_leaf)
    throw new RuntimeError('a leaf Variable that requires grad is being used in an in-place operation.');
}

/**
 * Marks what an operation will write or has made, where an operand requires grad (clauses GRD-4, DIF-7).
 *
 * @param name autograd's of the operation
 * @param scalar the number that the operation was given
 */
export function record(name: string, out: Tensor, operands: readonly (Tensor | undefined)[], scalar: number = 0): void {
  if (!is_grad_enabled() || !operands.some((operand) => operand?.requires_grad)) return;
  const given = operands.filter((operand) => operand !== undefined);
  const grad_fn = graph?.node(name, out, given, scalar) ?? { name: `${name}Backward0` };
  out.requires_grad = true;
  out.grad_fn = grad_fn;
}

/** Marks all new tensors of a function over lists where one of them is recorded (clause GRD-4). */
export function recordTogether(made: readonly Tensor[]): void {
  const recorded = made.find(({ requires_grad }) => requires_grad);
  if (recorded === undefined) return;
  for (const tensor of made) {
    if (tensor.requires_grad) continue;
    tensor.requires_grad = true;
    // Nothing that it was made of requires grad, so nothing flows further.
    tensor.grad_fn = graph?.node('Constant', tensor, [], 0) ?? recorded.grad_fn;
  }
}

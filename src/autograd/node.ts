/**
 * Nodes of the graph: what an operation saved, and how a gradient of its result becomes gradients of its operands.
 */
import { RuntimeError } from '../python/errors.ts';
import { atenOfTensors } from '../tensor/aten.ts';
import type { GradFn } from '../tensor/autograd.ts';
import { type DType, dtypeInfo } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { WayBack } from './way-back.ts';

/** Gradients of the operands of an operation, in their order; undefined where none is wanted. */
export type Gradients = readonly (Tensor | undefined)[];

/** How an operation goes back: from the gradient of its result, in an arithmetic. */
export type Back = (gradient: Tensor, way: WayBack) => Gradients;

/** A tensor that an operation needs to go back, and how often it had been written by then. */
interface Saved {
  tensor: Tensor | undefined;
  readonly version: number;
  /** Of what the operation made: its own name. */
  readonly made: boolean;
}

/** What a rule may do while an operation is recorded: save a tensor, to be had again on the way back. */
export interface Saving {
  /** An operand. */
  operand(tensor: Tensor): () => Tensor;
  /** What the operation makes or writes. */
  result(): () => Tensor;
}

let created = 0;

/** The node of an operation, or of a leaf. */
export class Node implements GradFn {
  readonly name: string;
  /** Later operations have larger numbers; the nodes of leaves come before all others on the way back. */
  readonly sequence: number;
  /** The nodes of the operands, in their order; undefined of those that do not require grad. */
  readonly next: readonly (Node | undefined)[];
  /** What the result is: gradients are made like it. */
  readonly shape: readonly number[];
  readonly dtype: DType;
  retained: Tensor | undefined;
  readonly #back: Back;
  readonly #saved: Saved[] = [];

  /**
   * @param in_place whether the operation is about to write `out`
   * @param rule is given what saves tensors, and returns the way back
   */
  constructor(
    name: string,
    out: Tensor,
    next: readonly (Node | undefined)[],
    in_place: boolean,
    rule: (saving: Saving) => Back,
    sequence: number = created++,
  ) {
    this.name = name;
    this.sequence = sequence;
    this.next = next;
    this.shape = out.shape;
    this.dtype = out.dtype;
    if (in_place && out.retains_grad) this.retained = out;
    this.#back = rule({
      operand: (tensor) => this.#save(tensor, tensor._version, false),
      // In place, it is about to be written.
      result: () => this.#save(out, out._version + (in_place ? 1 : 0), true),
    });
  }

  /**
   * Gradients of the operands from that of the result.
   *
   * @throws RuntimeError when what it saved is gone, or was written since (clauses DIF-5, DIF-6)
   */
  back(gradient: Tensor, way: WayBack): Gradients {
    for (const saved of this.#saved) this.#check(saved);
    return this.#back(gradient, way);
  }

  /** Lets go of what was saved: the way back is gone once. */
  release(): void {
    for (const saved of this.#saved) saved.tensor = undefined;
  }

  #save(tensor: Tensor, version: number, made: boolean): () => Tensor {
    const saved: Saved = { tensor, version, made };
    this.#saved.push(saved);
    return () => saved.tensor!;
  }

  #check({ tensor, version, made }: Saved): void {
    if (tensor === undefined) throw new RuntimeError(TWICE);
    if (tensor._version === version) return;
    const { saved_written } = atenOfTensors();
    const maker = made ? this.name : tensor.grad_fn?.name;
    const of =
      maker === undefined ? '' : `, which is output 0 of ${maker.replace(/Backward0$/, saved_written.ending)},`;
    throw new RuntimeError(
      'one of the variables needed for gradient computation has been modified by an inplace operation: ' +
        `[torch.${dtypeInfo(tensor.dtype).scalar_type}Tensor [${tensor.shape.join(', ')}]]${of} is at version ` +
        `${tensor._version}; expected version ${version} instead. Hint: enable anomaly detection to find the operation that ` +
        `failed to compute its gradient, with torch.autograd.${saved_written.anomaly}.`,
    );
  }
}

/** The node of a leaf: takes what is its gradient. */
export class AccumulateGrad extends Node {
  readonly leaf: Tensor;

  constructor(leaf: Tensor) {
    super('torch::autograd::AccumulateGrad', leaf, [], false, () => () => [], Infinity);
    this.leaf = leaf;
  }
}

const leaves = new WeakMap<Tensor, AccumulateGrad>();

/** The node that a gradient of a tensor goes to; undefined where it does not require grad. @throws Error for one recorded without a graph */
export function nodeOf(tensor: Tensor): Node | undefined {
  if (!tensor.requires_grad) return undefined;
  const { grad_fn } = tensor;
  if (grad_fn instanceof Node) return grad_fn;
  if (grad_fn !== null)
    throw new Error(`${grad_fn.name} was recorded before rmsproof/autograd was imported: nothing goes back through it`);
  let node = leaves.get(tensor);
  if (node === undefined) leaves.set(tensor, (node = new AccumulateGrad(tensor)));
  return node;
}

const TWICE =
  'Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). ' +
  'Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if ' +
  'you need to backward through the graph a second time or if you need to access saved tensors after calling backward.';

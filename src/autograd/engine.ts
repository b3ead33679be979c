/**
 * The graph that src/tensor is given: it makes the nodes of operations, and goes back through them in PyTorch's order.
 */
import { RuntimeError } from '../python/errors.ts';
import type { BackwardOptions, Graph } from '../tensor/autograd.ts';
import { cloned } from '../tensor/creation.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { sameShape } from '../tensor/strides.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AccumulateGrad, Node, nodeOf } from './node.ts';
import { summedTo } from './numbers.ts';
import { rules } from './rules.ts';
import { rebased } from './shared.ts';
import { rounded, type WayBack } from './way-back.ts';

/** A tensor to go back from, and its gradient; null stands for 1. */
export interface Root {
  readonly tensor: Tensor;
  readonly gradient: Tensor | null;
}

/**
 * Goes back from several tensors at once: `torch.autograd.backward` (clauses DIF-1, DIF-3).
 *
 * @throws RuntimeError for a tensor that requires no grad, one of several elements without a gradient, a gradient of another
 * shape (clause DIF-4); for a graph that was gone through before (DIF-5), or a tensor that was written since (DIF-6)
 */
export function backward(roots: readonly Root[], options: BackwardOptions = {}): void {
  backwardBy(rounded, roots, options);
}

/** The same, in another arithmetic. */
export function backwardBy(way: WayBack, roots: readonly Root[], { retain_graph = false }: BackwardOptions = {}): void {
  const given = roots.map(({ tensor, gradient }, i) => rootGradient(tensor, gradient ?? undefined, i, way));
  roots.forEach(({ tensor }, i) => {
    if (!tensor.requires_grad)
      throw new RuntimeError(`element ${i} of tensors does not require grad and does not have a grad_fn`);
  });
  set_grad_enabled(false, () =>
    new Pass(way, retain_graph).run(
      roots.map(({ tensor }) => nodeOf(tensor)!),
      given,
    ),
  );
}

function rootGradient(tensor: Tensor, gradient: Tensor | undefined, i: number, way: WayBack): Tensor {
  if (gradient === undefined) {
    if (tensor.requires_grad && tensor.numel() !== 1)
      throw new RuntimeError('grad can be implicitly created only for scalar outputs');
    return way.filled(tensor, 1);
  }
  if (!sameShape(tensor, gradient))
    throw new RuntimeError(
      `Mismatch in shape: grad_output[${i}] has a shape of torch.Size([${gradient.shape.join(', ')}]) and output[${i}] has a ` +
        `shape of torch.Size([${tensor.shape.join(', ')}]).`,
    );
  return gradient;
}

/** One way back. */
class Pass {
  readonly #way: WayBack;
  readonly #retain: boolean;
  /** How many gradients a node still waits for. */
  readonly #waits = new Map<Node, number>();
  /** What a node has been given so far. */
  readonly #given = new Map<Node, Tensor>();
  /** Nodes that wait for nothing any more. */
  readonly #ready: Node[] = [];

  constructor(way: WayBack, retain: boolean) {
    this.#way = way;
    this.#retain = retain;
  }

  run(roots: readonly Node[], gradients: readonly Tensor[]): void {
    this.#count(roots);
    roots.forEach((root, i) => this.#give(root, gradients[i]!));
    for (const root of new Set(roots)) if (this.#waits.get(root) === 0) this.#ready.push(root);
    for (let node = this.#next(); node !== undefined; node = this.#next()) this.#visit(node);
  }

  /** Counts the edges that lead to each node. */
  #count(roots: readonly Node[]): void {
    const open: Node[] = [];
    const reach = (node: Node, edges: number): void => {
      if (!this.#waits.has(node)) open.push(node);
      this.#waits.set(node, (this.#waits.get(node) ?? 0) + edges);
    };
    for (const root of roots) reach(root, 0);
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const next of node.next) if (next !== undefined) reach(next, 1);
  }

  /** The latest of the nodes that are ready; leaves come first. */
  #next(): Node | undefined {
    let at = 0;
    this.#ready.forEach((node, i) => (at = node.sequence > this.#ready[at]!.sequence ? i : at));
    return this.#ready.splice(at, 1)[0];
  }

  #give(node: Node, gradient: Tensor): void {
    const before = this.#given.get(node);
    this.#given.set(node, before === undefined ? gradient : this.#way.plus(before, gradient));
  }

  #visit(node: Node): void {
    const gradient = this.#given.get(node);
    this.#given.delete(node);
    if (gradient !== undefined) keep(node, gradient, this.#way);
    const gradients = gradient === undefined ? [] : node.back(gradient, this.#way);
    if (!this.#retain) node.release();
    node.next.forEach((next, i) => {
      if (next === undefined) return;
      const own = gradients[i];
      if (own !== undefined) this.#give(next, like(own, next));
      const waits = this.#waits.get(next)! - 1;
      this.#waits.set(next, waits);
      if (waits === 0) this.#ready.push(next);
    });
  }
}

/** Puts a gradient where it stays, if it does. */
function keep(node: Node, gradient: Tensor, way: WayBack): void {
  if (node instanceof AccumulateGrad) return accumulate(node.leaf, gradient, way);
  if (node.retained?.grad_fn === node) accumulate(node.retained, gradient, way);
}

function accumulate(tensor: Tensor, gradient: Tensor, way: WayBack): void {
  const { grad } = tensor;
  // What is kept is nobody else's.
  if (grad === null) tensor.grad = way.copied(gradient);
  else way.accumulate(grad, gradient);
}

/** A gradient of the shape and element type of what it is of. */
function like(gradient: Tensor, { shape, dtype }: Node): Tensor {
  const summed = summedTo(gradient, shape);
  return summed.dtype === dtype ? summed : cloned(summed, dtype);
}

/** What `putGraph` is given. */
export const engine: Graph = {
  node(name, out, operands, scalar) {
    const rule = rules[name];
    if (rule === undefined) throw new Error(`${name} has no rule to go back by`);
    const wanted = operands.map(({ requires_grad }) => requires_grad);
    const in_place = operands.includes(out);
    const node = new Node(`${name}Backward0`, out, operands.map(nodeOf), in_place, (saving) =>
      rule({ operands, wanted, scalar, in_place }, saving),
    );
    return in_place ? rebased(node, out) : node;
  },
  backward: (tensor, gradient, options) => backward([{ tensor, gradient }], options),
};

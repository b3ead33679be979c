/**
 * Which tensors lie over the same elements, and what writing into one of them does to the history of all, as PyTorch has it.
 */
import { RuntimeError } from '../python/errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Gradients, Node, nodeOf } from './node.ts';
import { filled } from './numbers.ts';
import type { WayBack } from './way-back.ts';

const bases = new WeakMap<Tensor, Tensor>();
const views = new WeakMap<Tensor, Set<WeakRef<Tensor>>>();

/** Remembers that a tensor is a view of another. */
export function noteView(view: Tensor, of: Tensor): void {
  const base = bases.get(of) ?? of;
  bases.set(view, base);
  const own = views.get(base) ?? new Set();
  views.set(base, own);
  for (const other of own) if (other.deref() === undefined) own.delete(other);
  own.add(new WeakRef(view));
}

/**
 * The history of a tensor that an operation is about to write, which is that of every tensor over the same elements: the base comes
 * from the operation, or has a part of it written over, and its views are taken of the base anew.
 *
 * @param node the operation's
 * @throws RuntimeError of PyTorch's for a view of a leaf that requires grad; of our own where the base's elements do not lie in C order
 */
export function rebased(node: Node, written: Tensor): Node {
  const base = bases.get(written);
  const all = base ?? written;
  if (base?.is_leaf && base.requires_grad)
    throw new RuntimeError('a view of a leaf Variable that requires grad is being used in an in-place operation.');
  const others = Array.from(views.get(all) ?? [], (view) => view.deref()).filter((view) => view !== undefined);
  if (others.length === 0) return node;
  if (!all.is_contiguous())
    throw new RuntimeError(
      'in-place operations on views of elements that do not lie in C order, or on what has one, are not recorded by rmsproof; ' +
        'clone() it first',
    );
  const history = base === undefined ? node : new CopySlices(base, written, node);
  if (base !== undefined) become(base, history);
  let own = history;
  for (const view of others) {
    const seen = new Node('AsStridedBackward0', view, [history], false, () => (g) => [spread(g, view, all)]);
    if (view === written) own = seen;
    else become(view, seen);
  }
  return own;
}

/** What made a base of which a view is written. */
class CopySlices extends Node {
  readonly #node: Node;
  readonly #base: Tensor;
  readonly #view: Tensor;

  constructor(base: Tensor, view: Tensor, node: Node) {
    super('torch::autograd::CopySlices', base, [nodeOf(base), ...node.next.slice(1)], false, () => () => []);
    this.#node = node;
    this.#base = base;
    this.#view = view;
  }

  override back(gradient: Tensor, way: WayBack): Gradients {
    const at = places(this.#view, this.#base);
    const taken = filled(gradient, this.#view.shape, 0);
    const all = filled(gradient, gradient.shape, 0);
    all.storage.set(gradient.elements());
    at.forEach((place, i) => (taken.storage[i] = all.storage[place]!));
    const [self, ...rest] = this.#node.back(taken, way);
    const left = self?.elements();
    at.forEach((place, i) => (all.storage[place] = left?.[i] ?? 0));
    return [all, ...rest];
  }

  override release(): void {
    this.#node.release();
  }
}

function become(tensor: Tensor, history: Node): void {
  tensor.requires_grad = true;
  tensor.grad_fn = history;
}

/** A gradient of a view as one of its base. */
function spread(gradient: Tensor, view: Tensor, base: Tensor): Tensor {
  const made = filled(gradient, base.shape, 0);
  const elements = gradient.elements();
  places(view, base).forEach((place, i) => (made.storage[place] = made.storage[place]! + elements[i]!));
  return made;
}

/** Where the elements of a view lie among those of its base, in C order. */
function places(view: Tensor, base: Tensor): Int32Array {
  const { byteOffset, BYTES_PER_ELEMENT } = view.storage;
  const start = (byteOffset - base.storage.byteOffset) / BYTES_PER_ELEMENT;
  const at = view.offsets() ?? Int32Array.from({ length: view.numel() }, (_, i) => i);
  return at.map((place) => start + place);
}

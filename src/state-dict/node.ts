/**
 * What a checkpoint holds: an inert tree. Reading a file makes these nodes and nothing else; meaning is read off afterwards.
 */
import { elementType, type ElementType } from './element-type.ts';

/** A value of Python's as a checkpoint holds it. One node may stand in several places. */
export type Node =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** A bigint beyond 2^53. */
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'complex'; readonly real: number; readonly imag: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | SequenceNode
  | DictNode
  /** `torch.float32` and its like as values. */
  | { readonly kind: 'dtype'; readonly name: string }
  | { readonly kind: 'device'; readonly name: string }
  | TensorNode;

/** A list, a tuple, a `torch.Size`, a set. */
export interface SequenceNode {
  readonly kind: 'list' | 'tuple' | 'size' | 'set' | 'frozenset';
  readonly items: Node[];
}

/** A dictionary, or an OrderedDict. */
export interface DictNode {
  readonly kind: 'dict' | 'OrderedDict';
  /** In Python's order, no key twice. */
  readonly entries: (readonly [Node, Node])[];
  /** What an OrderedDict has as attributes, such as a module's `_metadata`. */
  attributes?: Node;
}

/** Elements in memory, which several tensors may share. */
export interface Storage {
  /** Little-endian. */
  bytes: Uint8Array;
  /** As PyTorch names it: `cpu`, `cuda:0`. */
  readonly device: string;
  /** Of JSON: the numbers that the bytes are made of, not yet rounded, while nobody has asked for the bytes. */
  readonly numbers?: readonly number[] | undefined;
}

/** A tensor over a part of a storage. */
export interface TensorNode {
  readonly kind: 'tensor';
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  /** In elements. */
  readonly strides: readonly number[];
  /** Of the first element in the storage, in elements. */
  readonly offset: number;
  readonly storage: Storage;
  readonly requires_grad: boolean;
  readonly parameter: boolean;
  /** The elements are the stored ones' conjugates, or negatives. */
  readonly conj: boolean;
  readonly neg: boolean;
}

/** None. */
export const NONE: Node = { kind: 'none' };

/** Number of elements of a shape. */
export function numelOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Whether the elements of a tensor lie in C order, without gaps. */
export function isDense({ shape, strides }: Pick<TensorNode, 'shape' | 'strides'>): boolean {
  let expected = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] === 1) continue;
    if (shape[d] === 0) return true;
    if (strides[d] !== expected) return false;
    expected *= shape[d]!;
  }
  return true;
}

/** Where the elements of a tensor begin in its storage, in C order, in bytes. */
export function* bytePositions(tensor: TensorNode): Generator<number, undefined> {
  const { shape, strides, offset } = tensor;
  const size = elementType(tensor.dtype).bytes;
  if (shape.includes(0)) return;
  const index = shape.map(() => 0);
  let at = offset;
  while (true) {
    yield at * size;
    let d = shape.length - 1;
    for (; d >= 0; d--) {
      at += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      at -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/** The bytes of a tensor's elements in C order, little-endian: a view of the storage where they lie so, else a copy. */
export function elementBytes(tensor: TensorNode): Uint8Array {
  const { storage, offset, shape, dtype } = tensor;
  const { bytes: size, word, what } = elementType(dtype);
  const length = numelOf(shape) * size;
  const plain = !tensor.conj && !tensor.neg;
  if (plain && isDense(tensor)) return storage.bytes.subarray(offset * size, offset * size + length);
  const bytes = new Uint8Array(length);
  let to = 0;
  for (const from of bytePositions(tensor)) {
    for (let i = 0; i < size; i++) bytes[to + i] = storage.bytes[from + i]!;
    // The sign of a float is the highest bit of its last byte.
    if (tensor.neg) for (let part = word; part <= size; part += word) bytes[to + part - 1]! ^= 0x80;
    if (tensor.conj && what === 'complex') bytes[to + size - 1]! ^= 0x80;
    to += size;
  }
  return bytes;
}

/** The value of a dictionary at a text. */
export function entry(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== 'dict' && node?.kind !== 'OrderedDict') return undefined;
  return node.entries.find(([k]) => k.kind === 'str' && k.value === key)?.[1];
}

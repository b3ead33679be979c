/**
 * A tensor of a checkpoint whose element type the port does not compute in: bytes with a shape.
 */
import { elementType, type ElementType, wordReader } from './element-type.ts';
import { elementBytes, numelOf, type TensorNode } from './node.ts';

/** What views a typed array can be over one part of an element. */
export type RawView = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** A tensor as it is stored. It can be looked at and written; no optimizer takes it. */
export class StoredTensor {
  readonly node: TensorNode;

  /** @param node shared with whoever passed it */
  constructor(node: TensorNode) {
    this.node = node;
  }

  /** The element type, by PyTorch's name. */
  get dtype(): ElementType {
    return this.node.dtype;
  }

  get shape(): readonly number[] {
    return this.node.shape;
  }

  /** As PyTorch names it. */
  get device(): string {
    return this.node.storage.device;
  }

  /** Number of elements. */
  numel(): number {
    return numelOf(this.node.shape);
  }

  /** The bit patterns in C order, an integer a part (a complex element has two): of the stored bytes where they lie so, else of a copy. */
  raw(): RawView {
    const bytes = elementBytes(this.node);
    const { word } = elementType(this.dtype);
    const View = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array }[word];
    const { buffer, byteOffset, byteLength } = bytes.byteOffset % word === 0 ? bytes : bytes.slice();
    return new View(buffer as ArrayBuffer, byteOffset, byteLength / word);
  }

  /** The numbers in C order, a complex element as real and imaginary part, integers beyond 2^53 as bigints. */
  numbers(): (number | bigint)[] {
    return numbersOf(this.node);
  }
}

/** The numbers of a tensor, as `StoredTensor.numbers`. */
export function numbersOf(node: TensorNode): (number | bigint)[] {
  const bytes = elementBytes(node);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [read, { word }] = [wordReader(node.dtype), elementType(node.dtype)];
  return Array.from({ length: bytes.length / word }, (_, i) => read(view, i * word));
}

/**
 * An inert tree as plain values: what the port's `load_state_dict` takes.
 */
import { dictOf } from '../python/dict.ts';
import { OrderedDict } from '../python/ordered-dict.ts';
import { type ComplexDType, isSingle, type OpmathDType } from '../tensor/dtype.ts';
import type { Device } from '../tensor/tensor-init.ts';
import { Parameter, Tensor } from '../tensor/tensor.ts';
import { elementType } from './element-type.ts';
import { elementBytes, type Node, type TensorNode } from './node.ts';
import { numbersOf, StoredTensor } from './stored-tensor.ts';

/** What has no value of its own in JavaScript: element types, devices and complex numbers. */
export class Inert {
  readonly node: Node;

  constructor(node: Node) {
    this.node = node;
  }
}

/** How values are made. */
export interface ValueOptions {
  /** A device label for all tensors, in place of those of the file. */
  readonly map_location?: Device;
}

/**
 * The values of a tree. Dictionaries become objects, or Maps where keys are no texts; tuples and sizes frozen arrays; integers
 * beyond 2^53 bigints; tensors of the port's element types its own, those of float32 and float64 over the stored bytes, any other StoredTensor. What is
 * one object in the tree is one here.
 */
export function toValue(root: Node, options: ValueOptions = {}): unknown {
  const made = new Map<Node, unknown>();
  const value = (node: Node): unknown => {
    if (made.has(node)) return made.get(node);
    const result = valueOf(node);
    if (typeof result === 'object') made.set(node, result);
    return result;
  };
  const valueOf = (node: Node): unknown => {
    switch (node.kind) {
      case 'none':
        return null;
      case 'bool':
      case 'int':
      case 'float':
      case 'str':
      case 'bytes':
        return node.value;
      case 'list':
        return node.items.map(value);
      case 'tuple':
      case 'size':
        return Object.freeze(node.items.map(value));
      case 'set':
        return new Set(node.items.map(value));
      case 'frozenset':
        return Object.freeze(new Set(node.items.map(value)));
      case 'dict':
        return dictOf(node.entries.map(([key, inner]) => [value(key), value(inner)] as const));
      case 'OrderedDict':
        return new OrderedDict(node.entries.map(([key, inner]) => [value(key), value(inner)] as const));
      case 'tensor':
        return tensorOf(node, options.map_location);
      default:
        return new Inert(node);
    }
  };
  return value(root);
}

/** A device that the port has a label for. */
function isDevice(name: string): name is Device {
  return name === 'cpu' || /^cuda:\d+$/.test(name);
}

function tensorOf(node: TensorNode, map_location: Device | undefined): Tensor | StoredTensor {
  const { dtype, shape, strides, requires_grad, parameter } = node;
  const { device: stored } = node.storage;
  const device = map_location ?? (isDevice(stored) ? stored : 'cpu');
  const init = { shape, device, requires_grad };
  const Made = parameter ? Parameter : Tensor;
  if (dtype === 'int64') {
    const numbers = numbersOf(node);
    return numbers.every((x) => typeof x === 'number')
      ? new Made({ ...init, dtype, data: Float64Array.from(numbers) })
      : new StoredTensor(node);
  }
  // The port's stand in float32.
  if (dtype === 'float16' || dtype === 'bfloat16')
    return new Made({ ...init, dtype, data: Float32Array.from(numbersOf(node) as number[]) });
  if (dtype !== 'float32' && dtype !== 'float64' && dtype !== 'complex64' && dtype !== 'complex128')
    return new StoredTensor(node);
  if (node.conj || node.neg) return new Made({ ...init, dtype, data: floats(dtype, elementBytes(node)) });
  const { bytes } = node.storage;
  const size = elementType(dtype).bytes;
  const reached = shape.includes(0) ? 0 : shape.reduce((last, n, d) => last + (n - 1) * strides[d]!, 1);
  const data = floats(dtype, bytes.subarray(node.offset * size, (node.offset + reached) * size));
  return new Made({ ...init, dtype, strides, data });
}

/** Floats, or parts of complex numbers, over bytes, or over a copy where they do not lie at a multiple of their size. */
function floats(dtype: OpmathDType | ComplexDType, bytes: Uint8Array): Float32Array | Float64Array {
  const Floats = isSingle(dtype) ? Float32Array : Float64Array;
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % Floats.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new Floats(buffer as ArrayBuffer, byteOffset, byteLength / Floats.BYTES_PER_ELEMENT);
}

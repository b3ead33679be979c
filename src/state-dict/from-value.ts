/**
 * Plain values as an inert tree: what is written into a checkpoint.
 */
import { entriesOf, isDict } from '../python/dict.ts';
import { OrderedDict } from '../python/ordered-dict.ts';
import { typeName } from '../python/type-name.ts';
import { isHalf } from '../tensor/dtype.ts';
import { halfBits } from '../tensor/half.ts';
import { contiguousStrides } from '../tensor/strides.ts';
import { Parameter, Tensor } from '../tensor/tensor.ts';
import { elementType, narrow } from './element-type.ts';
import { type Node, NONE, type Storage, type TensorNode } from './node.ts';
import { StoredTensor } from './stored-tensor.ts';
import { Inert } from './to-value.ts';

/** Floats that lie in one buffer, from one byte to another. */
interface Span {
  from: number;
  to: number;
  storage: Storage | undefined;
}

/**
 * The tree of a value. Numbers that are whole become integers, as the port has them; frozen arrays tuples. Tensors whose elements
 * overlap share a storage.
 *
 * @throws TypeError that says where something is that no checkpoint can hold, such as a function, or what holds itself
 */
export function fromValue(root: unknown): Node {
  const made = new Map<object, Node | 'open'>();
  const spans = spansOf(root);
  const node = (value: unknown, path: string): Node => {
    if (typeof value !== 'object' || value === null) return scalar(value, path);
    const known = made.get(value);
    if (known === 'open') throw new TypeError(`${path || 'the value'}: holds itself`);
    if (known !== undefined) return known;
    made.set(value, 'open');
    const result = object(value, path);
    made.set(value, result);
    return result;
  };
  const object = (value: object, path: string): Node => {
    if (value instanceof StoredTensor || value instanceof Inert) return value.node;
    if (value instanceof Tensor) return tensorNode(value, spans);
    if (value instanceof Uint8Array) return { kind: 'bytes', value };
    if (Array.isArray(value)) {
      const items = value.map((item, i) => node(item, `${path}[${i}]`));
      return { kind: Object.isFrozen(value) ? 'tuple' : 'list', items };
    }
    if (value instanceof Set) {
      const items = [...(value as Set<unknown>)].map((item) => node(item, path));
      return { kind: Object.isFrozen(value) ? 'frozenset' : 'set', items };
    }
    if (!isDict(value)) throw new TypeError(`${path || 'the value'}: expected data, got ${typeName(value)}`);
    const entries = entriesOf(value).map(([key, inner]): [Node, Node] => [
      node(key, path),
      node(inner, `${path}[${nameOf(key)}]`),
    ]);
    return { kind: value instanceof OrderedDict ? 'OrderedDict' : 'dict', entries };
  };
  return node(root, '');
}

function nameOf(key: unknown): string {
  return typeof key === 'string' ? `'${key}'` : typeof key === 'object' ? '...' : String(key);
}

function scalar(value: unknown, path: string): Node {
  switch (typeof value) {
    case 'undefined':
      return NONE;
    case 'object':
      return NONE;
    case 'boolean':
      return { kind: 'bool', value };
    case 'string':
      return { kind: 'str', value };
    case 'bigint':
      return { kind: 'int', value: narrow(value) };
    case 'number':
      return { kind: Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int' : 'float', value };
    default:
      throw new TypeError(`${path || 'the value'}: expected data, got a ${typeof value}`);
  }
}

/** Where the tensors of a value lie, each buffer's spans merged where they overlap. */
function spansOf(root: unknown): Map<ArrayBufferLike, Span[]> {
  const all = new Map<ArrayBufferLike, Span[]>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Tensor) {
      const { buffer, byteOffset: from, byteLength } = value.storage;
      const spans = all.get(buffer);
      const span = { from, to: from + byteLength, storage: undefined };
      if (spans === undefined) all.set(buffer, [span]);
      else spans.push(span);
    } else if (Array.isArray(value) || value instanceof Set) for (const item of value as Iterable<unknown>) visit(item);
    else if (isDict(value)) for (const [key, item] of entriesOf(value)) [key, item].forEach(visit);
  };
  visit(root);
  for (const [buffer, spans] of all) all.set(buffer, merged(spans));
  return all;
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from < last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}

function tensorNode(tensor: Tensor, spans: ReadonlyMap<ArrayBufferLike, Span[]>): TensorNode {
  const { dtype, shape, strides, device, requires_grad, storage } = tensor;
  const parameter = tensor instanceof Parameter;
  const rest = { kind: 'tensor', dtype, shape, requires_grad, parameter, conj: false, neg: false } as const;
  if (dtype === 'bool')
    return {
      ...{ ...rest, strides: contiguousStrides(shape), offset: 0 },
      storage: { bytes: Uint8Array.from(tensor.elements()), device },
    };
  if (isHalf(dtype)) {
    // The port's half types stand in float32; as they are stored they share nothing.
    const halves = Uint16Array.from(tensor.elements(), (x) => halfBits(dtype, x));
    const bytes = new Uint8Array(halves.buffer);
    return { ...rest, strides: contiguousStrides(shape), offset: 0, storage: { bytes, device } };
  }
  if (dtype === 'int64') {
    // The port's integers stand in floats; as they are stored they share nothing.
    const integers = BigInt64Array.from(tensor.elements(), BigInt);
    const bytes = new Uint8Array(integers.buffer);
    return { ...rest, strides: contiguousStrides(shape), offset: 0, storage: { bytes, device } };
  }
  const span = spans
    .get(storage.buffer)!
    .find(({ from, to }) => storage.byteOffset >= from && storage.byteOffset + storage.byteLength <= to)!;
  span.storage ??= { bytes: new Uint8Array(storage.buffer, span.from, span.to - span.from), device };
  // A label of another device cannot share; neither can floats of two sizes that lie askew.
  const offset = (storage.byteOffset - span.from) / elementType(dtype).bytes;
  if (span.storage.device === device && Number.isInteger(offset))
    return { ...rest, strides, offset, storage: span.storage };
  const bytes = new Uint8Array(storage.buffer, storage.byteOffset, storage.byteLength);
  return { ...rest, strides, offset: 0, storage: { bytes, device } };
}

/**
 * The allow-list: every name of Python's that a checkpoint may use, and the node that its call stands for. Nothing is called.
 */
import { elementType, type ElementType, elementTypeOfStorage, isElementType } from '../element-type.ts';
import { type Node, numelOf, type TensorNode } from '../node.ts';
import type { Item, StorageItem } from './stack.ts';

/** What a call of an allowed name makes. Throws Error that says what was expected. */
export type Making = (args: readonly Item[]) => Item;

/** A name that stands for a value by itself, as `torch.float32` does. */
export function valueOf(name: string): Node | undefined {
  const [, dtype] = /^torch\.([a-z0-9_]+)$/.exec(name) ?? [];
  return dtype !== undefined && DTYPES.has(dtype) ? { kind: 'dtype', name: dtype } : undefined;
}

/** The element type of a class of storages; null for untyped ones, undefined for what names no storage. */
export function storageOf(name: string): ElementType | null | undefined {
  if (name === 'torch.storage.UntypedStorage' || name === 'torch.UntypedStorage') return null;
  const [, storage] = /^torch\.(?:cuda\.)?(\w+Storage)$/.exec(name) ?? [];
  return storage === undefined ? undefined : elementTypeOfStorage(storage);
}

/** What a name makes when it is called; undefined for what is not in the list. */
export function makingOf(name: string): Making | undefined {
  return MAKINGS.get(name);
}

/** Whether a name may stand in a checkpoint. */
export function isAllowed(name: string): boolean {
  return MAKINGS.has(name) || valueOf(name) !== undefined || storageOf(name) !== undefined;
}

/** Why a name that is not in the list is refused. */
export function refusal(name: string): string {
  const [module, last] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
  if (/^torch\.optim(\.|$)/.test(module))
    return `expected a state dict, got a whole ${last} object (${name}): save optimizer.state_dict() in its place`;
  if (name === 'torch.jit' || module.startsWith('__torch__'))
    return `expected a state dict, got a TorchScript object (${name})`;
  if (name === 'torch.storage._load_from_bytes')
    return `expected a checkpoint of torch.save, got what pickle.dump wrote (${name}): write it with torch.save`;
  return `expected data, got the global ${name}, which is not in the list of what a checkpoint may hold: save the optimizer's state_dict() without it`;
}

/** Names of elements that can stand as values though no tensor of them can be read. */
const DTYPES = new Set(
  'float32 float64 float16 bfloat16 complex32 complex64 complex128 uint8 int8 int16 int32 int64 uint16 uint32 uint64 bool float8_e4m3fn float8_e5m2 float8_e4m3fnuz float8_e5m2fnuz quint8 qint8 qint32 float half double long int short bfloat'.split(
    ' ',
  ),
);

const MAKINGS: ReadonlyMap<string, Making> = new Map<string, Making>([
  ['collections.OrderedDict', orderedDict],
  ['torch.Size', (args) => ({ kind: 'size', items: itemsOf(args[0]) })],
  ['torch.device', device],
  ['torch._utils._rebuild_tensor', (args) => tensor(args, undefined)],
  ['torch._utils._rebuild_tensor_v2', (args) => tensor(args, undefined)],
  ['torch._utils._rebuild_tensor_v3', (args) => tensor(args, args[6])],
  ['torch._utils._rebuild_parameter', parameter],
  ['torch._utils._rebuild_parameter_with_state', parameter],
  ['_codecs.encode', encode],
  ...['builtins', '__builtin__'].flatMap((module): [string, Making][] => [
    [`${module}.set`, (args) => ({ kind: 'set', items: args.length === 0 ? [] : itemsOf(args[0]) })],
    [`${module}.frozenset`, (args) => ({ kind: 'frozenset', items: args.length === 0 ? [] : itemsOf(args[0]) })],
    [`${module}.bytearray`, bytearray],
    [`${module}.complex`, ([real, imag]) => ({ kind: 'complex', real: float(real), imag: float(imag) })],
  ]),
]);

function orderedDict(args: readonly Item[]): Item {
  const pairs = args.length === 0 ? [] : itemsOf(args[0]);
  const entries = pairs.map((pair): [Node, Node] => {
    const [key, value, ...more] = itemsOf(pair);
    if (key === undefined || value === undefined || more.length > 0)
      throw new Error('expected pairs of an OrderedDict');
    return [key, value];
  });
  return { kind: 'OrderedDict', entries };
}

function device([type, index]: readonly Item[]): Item {
  if (type?.kind !== 'str') throw new Error(`expected the name of a device, got ${nameOf(type)}`);
  return { kind: 'device', name: index === undefined ? type.value : `${type.value}:${integer(index, 'index')}` };
}

function encode([text, encoding]: readonly Item[]): Item {
  if (text?.kind !== 'str' || encoding?.kind !== 'str' || !/^latin-?1$/.test(encoding.value))
    throw new Error('expected a text to encode as latin1');
  if (/[^\0-\xff]/.test(text.value)) throw new Error('expected a text of latin1');
  return { kind: 'bytes', value: Uint8Array.from(text.value, (c) => c.charCodeAt(0)) };
}

function bytearray(args: readonly Item[]): Item {
  const [first] = args;
  if (first === undefined) return { kind: 'bytes', value: new Uint8Array() };
  if (first.kind === 'bytes') return first;
  return encode(args);
}

function tensor(args: readonly Item[], dtypeItem: Item | undefined): TensorNode {
  const [storage, offset, size, stride, requires_grad] = args;
  if (storage?.kind !== 'storage') throw new Error(`expected a storage, got ${nameOf(storage)}`);
  const dtype = dtypeOf(storage, dtypeItem);
  const shape = sizes(size, 'size');
  const strides = sizes(stride, 'stride');
  if (strides.length !== shape.length)
    throw new Error(`expected a stride for each of ${shape.length} dimensions, got ${strides.length}`);
  // Of _rebuild_tensor_v2 the sixth argument after the hooks, of v3 the one after the element type.
  const bits = dtypeItem === undefined ? args[6] : args[7];
  const made: TensorNode = {
    ...{ kind: 'tensor', dtype, shape, strides, storage: storage.storage, offset: integer(offset, 'offset') },
    ...{ requires_grad: requires_grad?.kind === 'bool' && requires_grad.value, parameter: false },
    ...{ conj: flag(bits, 'conj'), neg: flag(bits, 'neg') },
  };
  const last = shape.includes(0) ? 0 : shape.reduce((at, n, d) => at + (n - 1) * strides[d]!, made.offset + 1);
  if (!Number.isSafeInteger(last) || !Number.isSafeInteger(numelOf(shape)) || last > elementsOf(storage, dtype))
    throw new Error(
      `expected a tensor of shape [${shape.join(', ')}] inside its storage of ${elementsOf(storage, dtype)} elements, got one that reaches element ${last}`,
    );
  return made;
}

function dtypeOf(storage: StorageItem, item: Item | undefined): ElementType {
  if (item === undefined) {
    if (storage.dtype === undefined) throw new Error('expected a storage of one element type, got untyped bytes');
    return storage.dtype;
  }
  if (item.kind !== 'dtype') throw new Error(`expected an element type, got ${nameOf(item)}`);
  if (!isElementType(item.name)) throw new Error(`expected an element type that can be read, got ${item.name}`);
  return item.name;
}

function elementsOf(storage: StorageItem, dtype: ElementType): number {
  const bytes = storage.numel * (storage.dtype === undefined ? 1 : elementType(storage.dtype).bytes);
  return Math.floor(bytes / elementType(dtype).bytes);
}

function parameter([data, requires_grad]: readonly Item[]): Item {
  if (data?.kind !== 'tensor') throw new Error(`expected a tensor as parameter, got ${nameOf(data)}`);
  return { ...data, parameter: true, requires_grad: requires_grad?.kind === 'bool' && requires_grad.value };
}

function flag(bits: Item | undefined, name: string): boolean {
  if (bits?.kind !== 'dict') return false;
  const value = bits.entries.find(([key]) => key.kind === 'str' && key.value === name)?.[1];
  return value?.kind === 'bool' && value.value;
}

function sizes(item: Item | undefined, what: string): number[] {
  if (item?.kind !== 'tuple' && item?.kind !== 'size' && item?.kind !== 'list')
    throw new Error(`expected the ${what} of a tensor, got ${nameOf(item)}`);
  if (item.items.length > 64) throw new Error(`expected at most 64 dimensions, got ${item.items.length}`);
  return item.items.map((n) => integer(n, what));
}

function integer(item: Item | undefined, what: string): number {
  if (item?.kind !== 'int' || typeof item.value === 'bigint' || item.value < 0)
    throw new Error(
      `expected a non-negative integer as ${what}, got ${item?.kind === 'int' ? item.value : nameOf(item)}`,
    );
  return item.value;
}

function float(item: Item | undefined): number {
  if (item?.kind !== 'float') throw new Error(`expected a float, got ${nameOf(item)}`);
  return item.value;
}

function itemsOf(item: Item | undefined): Node[] {
  if (item?.kind !== 'list' && item?.kind !== 'tuple') throw new Error(`expected a list, got ${nameOf(item)}`);
  return [...item.items];
}

/** What an item is, for messages. */
export function nameOf(item: Item | undefined): string {
  if (item === undefined) return 'nothing';
  if (item.kind === 'none') return 'None';
  if (item.kind === 'global') return `the global ${item.name}`;
  return `a ${item.kind}`;
}

/**
 * What the two formats of checkpoints have in common: persistent ids that name storages, and byte order.
 */
import { elementType, type ElementType } from './element-type.ts';
import { nameOf, storageOf } from './pickle/globals.ts';
import type { Item, StorageItem } from './pickle/stack.ts';
import type { Node } from './node.ts';

/** What a file is beside its value. */
export interface Checkpoint {
  readonly root: Node;
  /** `zip` since torch 1.6, `legacy` before it or on demand. */
  readonly format: 'zip' | 'legacy';
  readonly protocol: number;
  /** Entries that are compressed, which torch.load reads but cannot map into memory. */
  readonly compressed: boolean;
}

/** What a persistent id says of a storage. */
export interface StorageId {
  readonly key: string;
  readonly dtype: ElementType | undefined;
  readonly device: string;
  readonly numel: number;
  /** Bytes of `numel` elements. */
  readonly length: number;
  /** Of the legacy format: the view that is meant, in elements. */
  readonly view: { readonly key: string; readonly offset: number; readonly numel: number } | undefined;
}

/** Reads a persistent id. @throws Error that says what was expected */
export function storageId(id: Item): StorageId {
  if (id.kind !== 'tuple') throw new Error(`expected a tuple that names a storage, got ${nameOf(id)}`);
  const [tag, type, key, location, numel, view] = id.items as Item[];
  if (tag?.kind !== 'str' || tag.value !== 'storage')
    throw new Error(`expected a storage, got ${tag?.kind === 'str' ? JSON.stringify(tag.value) : nameOf(tag)}`);
  const dtype = type?.kind === 'global' ? storageOf(type.name) : undefined;
  if (dtype === undefined) throw new Error(`expected a class of storages, got ${nameOf(type)}`);
  if (key?.kind !== 'str' || location?.kind !== 'str') throw new Error('expected the key and device of a storage');
  const count = natural(numel);
  return {
    ...{ key: key.value, dtype: dtype ?? undefined, device: location.value, numel: count },
    length: count * (dtype === null ? 1 : elementType(dtype).bytes),
    view: viewOf(view),
  };
}

function viewOf(item: Item | undefined): StorageId['view'] {
  if (item === undefined || item.kind === 'none') return undefined;
  const [key, offset, numel] = item.kind === 'tuple' ? item.items : [];
  if (key?.kind !== 'str') throw new Error(`expected the view of a storage, got ${nameOf(item)}`);
  return { key: key.value, offset: natural(offset), numel: natural(numel) };
}

function natural(item: Item | undefined): number {
  if (item?.kind !== 'int' || typeof item.value === 'bigint' || item.value < 0 || item.value > 2 ** 48)
    throw new Error(`expected a number of elements, got ${item?.kind === 'int' ? item.value : nameOf(item)}`);
  return item.value;
}

/** The item that stands for a storage. */
export function storageItem({ dtype, device, numel }: StorageId, bytes: Uint8Array): StorageItem {
  return { kind: 'storage', dtype, numel, storage: { bytes, device } };
}

/** A copy of big-endian bytes in little-endian order. Untyped bytes have none, as in torch.load. */
export function swapped(bytes: Uint8Array, dtype: ElementType | undefined): Uint8Array {
  const word = dtype === undefined ? 1 : elementType(dtype).word;
  const copy = bytes.slice();
  for (let at = 0; word > 1 && at + word <= copy.length; at += word) copy.subarray(at, at + word).reverse();
  return copy;
}

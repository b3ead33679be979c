/**
 * Checkpoints from before torch 1.6: five pickles in a row (magic number, protocol, the system, the value, the keys of its
 * storages), then each storage's number of elements and bytes.
 */
import { CheckpointError } from './checkpoint-error.ts';
import { type Checkpoint, storageId, type StorageId, storageItem, swapped } from './container.ts';
import { elementType } from './element-type.ts';
import type { Limits } from './limits.ts';
import { entry, type Node } from './node.ts';
import { otherFile } from './other-files.ts';
import { type Cursor, cursorOf, errorAt, take, u64 } from './pickle/cursor.ts';
import { type Pickle, readPickle, type Reading } from './pickle/read.ts';
import type { Item, StorageItem } from './pickle/stack.ts';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

interface Named {
  readonly id: StorageId;
  readonly item: StorageItem;
  /** Views of it, filled when its bytes are there. */
  readonly views: Map<string, { readonly item: StorageItem; readonly from: number; readonly to: number }>;
}

/** Reads the format. @throws CheckpointError for what is not in it, or is damaged, or holds what is not allowed */
export function readLegacy(bytes: Uint8Array, limits: Limits): Checkpoint {
  const cursor = cursorOf(bytes);
  const budget = { opcodes: limits.opcodes + bytes.length, expanded: limits.expanded + bytes.length };
  const read = (reading: Partial<Reading> = {}): Pickle => readPickle(cursor, { limits, budget, ...reading });
  const magic = readMagic(cursor, read);
  if (magic.kind !== 'int' || magic.value !== MAGIC)
    throw new CheckpointError(
      0,
      'expected a checkpoint of torch.save (a zip archive, or the format before 1.6), got another pickle',
    );
  const version = read().root;
  if (version.kind !== 'int' || version.value !== PROTOCOL)
    throw errorAt(cursor, cursor.at, `expected version ${PROTOCOL} of the format before 1.6, got another`);
  const littleEndian = entry(read().root, 'little_endian');
  const isBig = littleEndian?.kind === 'bool' && !littleEndian.value;

  const named = new Map<string, Named>();
  const { root, protocol } = read({ persistent: (id) => nameStorage(id, named) });
  for (const key of keysOf(read().root, cursor)) fill(cursor, key, named, isBig);
  const unfilled = [...named].find(([, { id, item }]) => id.length > 0 && item.storage.bytes.length === 0);
  if (unfilled) throw errorAt(cursor, cursor.at, `expected the bytes of storage ${unfilled[0]}, got none`);
  if (cursor.at !== bytes.length)
    throw errorAt(cursor, cursor.at, `expected the end, got ${bytes.length - cursor.at} more bytes`);
  return { root, protocol, format: 'legacy', compressed: false };
}

function readMagic(cursor: Cursor, read: () => Pickle): Node {
  try {
    return read().root;
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    // The bytes are no pickle, or one that says by itself what it is.
    if (cursor.bytes[0] === 0x80 || /state dict/.test(error.message)) throw error;
    throw new CheckpointError(
      0,
      `expected a checkpoint of torch.save (a zip archive, or the format before 1.6), got ${otherFile(cursor.bytes)}`,
    );
  }
}

function nameStorage(id: Item, named: Map<string, Named>): Item {
  const wanted = storageId(id);
  let known = named.get(wanted.key);
  if (known === undefined) {
    known = { id: wanted, item: storageItem(wanted, new Uint8Array()), views: new Map() };
    named.set(wanted.key, known);
  } else if (known.id.dtype !== wanted.dtype || known.id.numel !== wanted.numel || known.id.device !== wanted.device)
    throw new Error(`expected storage ${JSON.stringify(wanted.key)} as before, got another type, size or device`);
  const { view } = wanted;
  if (view === undefined) return known.item;
  if (view.offset + view.numel > wanted.numel)
    throw new Error(`expected a view inside of ${wanted.numel} elements, got one up to ${view.offset + view.numel}`);
  const present = known.views.get(view.key);
  if (present !== undefined) return present.item;
  const size = wanted.dtype === undefined ? 1 : elementType(wanted.dtype).bytes;
  const item: StorageItem = { ...known.item, numel: view.numel, storage: { ...known.item.storage } };
  known.views.set(view.key, { item, from: view.offset * size, to: (view.offset + view.numel) * size });
  return item;
}

function keysOf(root: Node, cursor: Cursor): readonly string[] {
  const refuse = (): Error => errorAt(cursor, cursor.at, 'expected a list of the keys of storages, got something else');
  if (root.kind !== 'list') throw refuse();
  return root.items.map((item) => {
    if (item.kind !== 'str') throw refuse();
    return item.value;
  });
}

function fill(cursor: Cursor, key: string, named: ReadonlyMap<string, Named>, isBig: boolean): void {
  const at = cursor.at;
  const found = named.get(key);
  if (found === undefined)
    throw errorAt(cursor, at, `expected a storage that the value names, got ${JSON.stringify(key)}`);
  const numel = u64(cursor, 'a number of elements');
  if (numel !== found.id.numel)
    throw errorAt(cursor, at, `expected ${found.id.numel} elements of storage ${JSON.stringify(key)}, got ${numel}`);
  const stored = take(cursor, found.id.length, `storage ${JSON.stringify(key)}`);
  const bytes = isBig ? swapped(stored, found.id.dtype) : stored;
  found.item.storage.bytes = bytes;
  for (const { item, from, to } of found.views.values()) item.storage.bytes = bytes.subarray(from, to);
}

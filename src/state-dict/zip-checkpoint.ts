/**
 * Checkpoints of torch 1.6 and later: a zip archive of a pickle and one record a storage.
 */
import { CheckpointError } from './checkpoint-error.ts';
import { type Checkpoint, storageId, storageItem, swapped } from './container.ts';
import type { Limits } from './limits.ts';
import { cursorOf, latin1 } from './pickle/cursor.ts';
import { readPickle } from './pickle/read.ts';
import type { Item, StorageItem } from './pickle/stack.ts';
import { type Entry, entryBytes, readEntries } from './zip/read.ts';

/** Reads an archive. @throws CheckpointError for what is none, or is damaged, or holds what is not allowed */
export function readZip(bytes: Uint8Array, limits: Limits, crc: boolean): Checkpoint {
  const entries = readEntries(bytes, limits);
  const pickles = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length !== 1)
    throw new CheckpointError(
      bytes.length,
      `expected one entry NAME/data.pkl, got ${said(pickles)}: not written by torch.save`,
    );
  const entry = entries.get(pickles[0]!)!;
  const prefix = entry.name.slice(0, -'data.pkl'.length);
  if (entries.has(`${prefix}constants.pkl`))
    throw new CheckpointError(entry.offset, 'expected a checkpoint of torch.save, got a TorchScript archive');
  const isBig = bigEndian(bytes, entries.get(`${prefix}byteorder`));

  const storages = new Map<string, StorageItem>();
  const persistent = (id: Item): Item => {
    const wanted = storageId(id);
    const known = storages.get(wanted.key);
    if (known !== undefined) {
      if (known.dtype !== wanted.dtype || known.numel !== wanted.numel || known.storage.device !== wanted.device)
        throw new Error(`expected storage ${JSON.stringify(wanted.key)} as before, got another type, size or device`);
      return known;
    }
    const record = entries.get(`${prefix}data/${wanted.key}`);
    if (record === undefined && wanted.length > 0)
      throw new Error(`expected an entry ${prefix}data/${wanted.key} of the archive, got none`);
    if (record !== undefined && record.size < wanted.length)
      throw new Error(`expected ${wanted.length} bytes of storage ${JSON.stringify(wanted.key)}, got ${record.size}`);
    const stored = record === undefined ? new Uint8Array() : entryBytes(bytes, record, crc).subarray(0, wanted.length);
    const made = storageItem(wanted, isBig ? swapped(stored, wanted.dtype) : stored);
    storages.set(wanted.key, made);
    return made;
  };
  const pickle = entryBytes(bytes, entry);
  const place = (at: number): number | string =>
    entry.method === 0 ? entry.offset + at : `byte ${at} of the inflated ${entry.name}`;
  const budget = { opcodes: limits.opcodes + bytes.length, expanded: limits.expanded + bytes.length };
  const cursor = cursorOf(pickle, place);
  const { root, protocol } = readPickle(cursor, { limits, budget, persistent });
  if (cursor.at !== pickle.length)
    throw new CheckpointError(
      place(cursor.at),
      `expected the end of ${entry.name}, got ${pickle.length - cursor.at} more bytes`,
    );
  return { root, protocol, format: 'zip', compressed: [...entries.values()].some(({ method }) => method !== 0) };
}

function said(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.slice(0, 3).join(', ');
}

function bigEndian(bytes: Uint8Array, entry: Entry | undefined): boolean {
  if (entry === undefined) return false;
  const order = latin1(entryBytes(bytes, entry));
  if (order !== 'little' && order !== 'big')
    throw new CheckpointError(
      entry.offset,
      `expected the byte order little or big, got ${JSON.stringify(order.slice(0, 20))}`,
    );
  return order === 'big';
}

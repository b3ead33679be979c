/**
 * An inert tree into bytes of a .pt file, in the format since torch 1.6.
 */
import type { Node, Storage } from './node.ts';
import { writePickle } from './pickle/write.ts';
import { writeZip } from './zip/write.ts';

/** The bytes of a checkpoint: each storage once, whole. @throws RangeError when it would be larger than 4 GiB */
export function writeTree(root: Node): Uint8Array {
  const keys = new Map<Storage, string>();
  const pickle = writePickle(root, (storage) => {
    let key = keys.get(storage);
    if (key === undefined) keys.set(storage, (key = String(keys.size)));
    return key;
  });
  const text = new TextEncoder();
  return writeZip([
    { name: 'archive/data.pkl', bytes: pickle },
    { name: 'archive/byteorder', bytes: text.encode('little') },
    ...[...keys].map(([{ bytes }, key]) => ({ name: `archive/data/${key}`, bytes })),
    { name: 'archive/version', bytes: text.encode('3\n') },
  ]);
}

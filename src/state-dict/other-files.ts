/**
 * Files that stand where a checkpoint was meant, told by their first bytes.
 */

/** What bytes are that are no checkpoint. */
export function otherFile(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 300));
  const found = KINDS.find(({ at, begins }) => head.startsWith(begins, at));
  if (found !== undefined) return found.name;
  const first = head.trimStart()[0];
  if (first === '{' || first === '[') return 'JSON';
  return first === '<' ? 'HTML or XML' : 'other bytes';
}

const KINDS: readonly { readonly at: number; readonly begins: string; readonly name: string }[] = [
  {
    ...{ at: 0, begins: 'version https://git-lfs' },
    name: 'a pointer of Git LFS: git lfs pull brings the file itself',
  },
  { at: 0, begins: '\x1f\x8b', name: 'a gzip archive: unpack it' },
  { at: 257, begins: 'ustar', name: 'a tar archive: unpack it' },
  { at: 7, begins: '\0{"', name: 'a safetensors file, which holds no state of an optimizer' },
  { at: 0, begins: '\x89HDF', name: 'an HDF5 file' },
];

/**
 * Files that hold a state dict: .pt and what else torch.save is told to write, and JSON.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { InputError } from '../scenario/input-error.ts';
import { CheckpointError } from '../state-dict/checkpoint-error.ts';
import { FormatError } from '../state-dict/format-error.ts';
import { treeFromJSON } from '../state-dict/json.ts';
import type { Node } from '../state-dict/node.ts';
import { readTree } from '../state-dict/read-tree.ts';
import { isZip } from '../state-dict/zip/read.ts';
import { locate, type Located, plainForm } from '../validation/layouts.ts';
import { UsageError } from './usage-error.ts';

/** Standard input. */
export const STDIN = '-';

/** What a file holds: bytes of a checkpoint, or the value of a JSON text; or why it is no JSON. */
type Given = { readonly given: unknown } | { readonly problem: string };

/** Reads a file. @throws InputError for one that cannot be read */
export function readFile(path: string): Given {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path === STDIN ? 0 : path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      path,
      '',
      `cannot be read: ${code === 'EISDIR' ? 'it is a folder; name the file in it' : (code ?? message)}`,
    );
  }
  if (!isJSON(path, bytes)) return { given: bytes };
  try {
    return { given: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown };
  } catch (error) {
    return { problem: `is no readable JSON: ${(error as Error).message}` };
  }
}

/** By the first character: no checkpoint begins so. Of a name in .json, what begins as no checkpoint does. */
function isJSON(path: string, bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20);
  if (first === 0x7b || first === 0x5b) return true;
  return path.endsWith('.json') && !isZip(bytes) && bytes[0] !== 0x80;
}

/** The tree of a file. @throws InputError, with the place in the file, for what is not in its format */
export function readNode(path: string): Node {
  const read = readFile(path);
  if ('problem' in read) throw new InputError(path, '', read.problem);
  const { given } = read;
  try {
    return given instanceof Uint8Array ? readTree(given).root : treeFromJSON(given);
  } catch (error) {
    if (error instanceof CheckpointError)
      throw new InputError(path, error.place, error.message.slice(error.place.length + 2));
    if (error instanceof FormatError)
      throw new InputError(path, error.pointer || '/', error.message.slice((error.pointer || '/').length + 2));
    throw error;
  }
}

/**
 * The one state dict of an optimizer in a tree.
 *
 * @throws UsageError where there is none, or several and `key` does not choose one
 */
export function locatedIn(root: Node, path: string, key: string | undefined): Located {
  const located = locate(root);
  const chosen =
    key === undefined ? located : located.filter(({ pointer }) => pointer === `/${key.replace(/^\//, '')}`);
  const places = located.map(({ pointer }) => pointer.slice(1) || '(the top)').join(', ');
  if (located.length === 0) throw new UsageError(`${path}: there is no state dict of an optimizer`);
  if (chosen.length !== 1) throw new UsageError(`${path}: --key: expected one of ${places}, got ${key ?? 'none'}`);
  return chosen[0]!;
}

/** The same in the plain form. @throws UsageError as that */
export function optimizerIn(root: Node, path: string, key: string | undefined): Node {
  return plainForm(locatedIn(root, path, key)).tree;
}

/** Writes a file whole or not at all. @throws InputError when it cannot be written */
export function writeWhole(path: string, content: Uint8Array | string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new InputError(
      path,
      '',
      `cannot be written: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`,
    );
  }
}

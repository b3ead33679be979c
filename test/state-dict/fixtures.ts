/**
 * Checkpoints that real PyTorch wrote: test/fixtures/checkpoints, each with what it holds, and test/fixtures/foreign, as people have
 * them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Paths of checkpoints below test/fixtures, in order. */
export function checkpoints(folder: 'checkpoints' | 'foreign'): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(pt|ckpt)$/.test(path))
    .sort()
    .map((path) => `${folder}/${path}`);
}

/** The absolute path of a fixture. */
export function pathOf(path: string): string {
  return root + path;
}

/** The bytes of a fixture, in memory of their own. */
export function bytesOf(path: string): Uint8Array {
  return Uint8Array.from(readFileSync(root + path));
}

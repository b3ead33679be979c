/**
 * Folders of golden files: the repository's golden/, and packed/ of the built package (spec/golden.md).
 */
import { existsSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../scenario/root.ts';

/** The golden files as they are written and kept. */
export const repositoryFolder: string = fileURLToPath(new URL('golden/', root));

/** The same as the build packs them, beside dist/. */
export const packedFolder: string = fileURLToPath(new URL('packed/', root));

/** The golden files of this package: to the sources those of the repository, to what was built from them those packed with it. */
export const goldenFolder: string = extname(import.meta.url) === '.ts' ? repositoryFolder : packedFolder;

/** The golden files that are recorded: those of the repository, where there is one. */
export const recordingFolder: string = existsSync(repositoryFolder) ? repositoryFolder : goldenFolder;

/** What a folder of golden files holds beside them. */
const BESIDE = ['references.json', 'index.json.gz'];

/** Whether the files of a folder are packed: they are read, and never written. */
export function isPacked(folder: string): boolean {
  return existsSync(join(folder, 'index.json.gz'));
}

/** Paths of the golden files of a folder, packed or not, in the order of their names. */
export function goldenPaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !BESIDE.includes(relative(folder, path)))
    .sort();
}

/** "area/name" of the golden file at a path of a folder. */
export function nameOf(folder: string, path: string): string {
  return relative(folder, path)
    .replace(/\.json(\.gz)?$/, '')
    .replaceAll(sep, '/');
}

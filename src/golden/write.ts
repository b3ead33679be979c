/**
 * Writing files whole or not at all.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../scenario/input-error.ts';

/**
 * Writes a text to a temporary file beside its place, then renames it there.
 *
 * @throws InputError when the place cannot be written; nothing is left behind
 */
export function writeText(path: string, text: string): void {
  writeTexts([[path, text]]);
}

/**
 * Writes texts to temporary files beside their places; once all are there, renames them in their order.
 *
 * @throws InputError when a place cannot be written; then none is, and nothing is left behind
 */
export function writeTexts(texts: readonly (readonly [path: string, text: string])[]): void {
  const temporary = (path: string): string => `${path}.${process.pid}.tmp`;
  let path = '';
  try {
    for (const [to, text] of texts) {
      path = to;
      // A folder in the place of a file would be found only when others are renamed.
      if (statSync(to, { throwIfNoEntry: false })?.isDirectory()) throw new Error('there is a folder');
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(temporary(to), text);
    }
    for ([path] of texts) renameSync(temporary(path), path);
  } catch (error) {
    for (const [to] of texts) {
      const left = temporary(to);
      if (existsSync(left) && statSync(left).isFile()) rmSync(left);
    }
    throw new InputError(path, '', `cannot be written: ${(error as Error).message}`);
  }
}

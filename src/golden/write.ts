/**
 * Writing files whole or not at all.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../scenario/input-error.ts';

/**
 * Writes a text to a temporary file beside its place, then renames it there.
 *
 * @throws InputError when the place cannot be written; nothing is left behind
 */
export function writeText(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new InputError(path, '', `cannot be written: ${(error as Error).message}`);
  }
}
